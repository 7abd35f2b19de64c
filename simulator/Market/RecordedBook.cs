using FuturesBot.Domain.Market;

namespace FuturesBot.Simulator.Market;

/// <summary>
/// The book of a depth recording: its snapshot and every delta since. What is taken from it gives fills and stays there, and
/// own orders do not show: the recording goes on as it was.
/// </summary>
internal sealed class RecordedBook : IMarketBook
{
    private const int SnapshotMax = 1_000;

    private readonly BookSide _bids = new(1, 4_096);
    private readonly BookSide _asks = new(-1, 4_096);
    private readonly Dictionary<(Side Side, long Ticks), long> _own = [];
    private BookTicker? _ticker;
    private long _eventMs;
    private long _transactionMs;
    private bool _isFresh = true;

    public RecordedBook(BookSnapshot snapshot)
    {
        (LastUpdateId, _eventMs, _transactionMs) = (snapshot.LastUpdateId, snapshot.EventMs, snapshot.TransactionMs);
        foreach (var level in snapshot.Bids) _bids.Set(_bids.KeyOf(level.Ticks), level.Steps);
        foreach (var level in snapshot.Asks) _asks.Set(_asks.KeyOf(level.Ticks), level.Steps);
    }

    public long LastUpdateId { get; private set; }

    public BookTicker Best => _ticker ?? new(LastUpdateId, _eventMs, _transactionMs, Top(_bids), Top(_asks));

    public long BackgroundBid => Best.Bid.Ticks;

    public long BackgroundAsk => Best.Ask.Ticks;

    public BookSnapshot Snapshot(int limit)
    {
        var levels = Math.Clamp(limit, 1, SnapshotMax);
        return new(LastUpdateId, _eventMs, _transactionMs, Levels(_bids, levels), Levels(_asks, levels));
    }

    public long Available(Side side, long? limitTicks) => Fills(side, long.MaxValue, limitTicks).Sum(fill => fill.Steps);

    public IReadOnlyList<DepthLevel> Take(Side side, long steps, long? limitTicks)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        return Fills(side, steps, limitTicks);
    }

    public void AddOwn(Side side, long ticks, long steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ticks);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        _own[(side, ticks)] = _own.GetValueOrDefault((side, ticks)) + steps;
    }

    public void RemoveOwn(Side side, long ticks, long steps)
    {
        var left = _own.GetValueOrDefault((side, ticks)) - steps;
        if (steps <= 0 || left < 0)
            throw new InvalidOperationException($"{steps} own steps were to be removed at {ticks}, where {left + steps} are");
        if (left == 0) _own.Remove((side, ticks));
        else _own[(side, ticks)] = left;
    }

    /// <summary>Applies a delta by the rule for snapshots; false when it is older than the book.</summary>
    /// <exception cref="InvalidDataException">A delta is missing in the recording.</exception>
    public bool Apply(in DepthDelta delta)
    {
        if (delta.LastId < LastUpdateId) return false;
        if (_isFresh ? delta.FirstId > LastUpdateId : delta.PreviousLastId != LastUpdateId)
            throw new InvalidDataException($"The recording has a gap: delta {delta.FirstId} to {delta.LastId} after {LastUpdateId}");
        _isFresh = false;
        foreach (var level in delta.Bids) _bids.Set(_bids.KeyOf(level.Ticks), level.Steps);
        foreach (var level in delta.Asks) _asks.Set(_asks.KeyOf(level.Ticks), level.Steps);
        (LastUpdateId, _eventMs, _transactionMs) = (delta.LastId, delta.EventMs, delta.TransactionMs);
        return true;
    }

    public void Note(in BookTicker ticker) => _ticker = ticker;

    private List<DepthLevel> Fills(Side side, long steps, long? limitTicks)
    {
        var (book, fills) = (side == Side.Long ? _asks : _bids, new List<DepthLevel>());
        for (var i = 0; i < book.Count && steps > 0; i++)
        {
            if (limitTicks is { } limit && book.KeyAt(i) < book.KeyOf(limit)) break;
            var taken = Math.Min(steps, book[i].Steps);
            fills.Add(book[i] with { Steps = taken });
            steps -= taken;
        }

        return fills;
    }

    private static DepthLevel Top(BookSide side) => side.Count > 0 ? side[0] : default;

    private static DepthLevel[] Levels(BookSide side, int limit) => [.. Enumerable.Range(0, Math.Min(limit, side.Count)).Select(i => side[i])];
}
