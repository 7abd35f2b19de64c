using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Wire;

/// <summary>
/// How the books really stood at their last few hundred updates, for tests that hold another book against them. Touched while
/// the exchange's gate is held.
/// </summary>
internal sealed class BookTruth(int symbols)
{
    private const int Kept = 1_024;
    private const int Levels = 20;

    private readonly BookState[]?[] _states = new BookState[symbols][];
    private readonly int[] _next = new int[symbols];

    public void Add(int symbol, IMarketBook book, in DepthDelta delta)
    {
        // A book that was changed again since the delta was made shows more than the delta says.
        if (book.LastUpdateId != delta.LastId) return;
        var ring = _states[symbol] ??= new BookState[Kept];
        ring[_next[symbol]++ % Kept] = BookState.Of(book.Snapshot(Levels));
    }

    /// <summary>The book right after this update; null when it is not known (any more).</summary>
    public BookState? At(int symbol, long updateId)
    {
        if (_states[symbol] is not { } ring) return null;
        for (var back = 1; back <= Math.Min(Kept, _next[symbol]); back++)
        {
            var state = ring[(_next[symbol] - back) % Kept];
            if (state.UpdateId == updateId) return state;
            if (state.UpdateId < updateId) return null;
        }

        return null;
    }
}
