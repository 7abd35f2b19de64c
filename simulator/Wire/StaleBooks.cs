using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Wire;

/// <summary>Older snapshots of the books, kept only while a fault asks for them. Touched while the gate is held.</summary>
internal sealed class StaleBooks(IMarket market, FaultControl faults)
{
    private const int Levels = 1_000;
    private const int Kept = 30;

    private readonly Queue<BookSnapshot>[] _snapshots = [.. market.Symbols.Select(_ => new Queue<BookSnapshot>())];

    /// <summary>Takes snapshots where they may be wanted. Call it once in a wall second.</summary>
    public void Keep()
    {
        if (!faults.Has(FaultKind.StaleSnapshot)) return;
        for (var symbol = 0; symbol < _snapshots.Length; symbol++)
        {
            _snapshots[symbol].Enqueue(market.Book(symbol).Snapshot(Levels));
            if (_snapshots[symbol].Count > Kept) _snapshots[symbol].Dequeue();
        }
    }

    /// <summary>The newest snapshot that is not newer than this market time, else the oldest; null when there is none.</summary>
    public BookSnapshot? Older(int symbol, long marketMs) =>
        _snapshots[symbol].LastOrDefault(book => book.EventMs <= marketMs) ?? _snapshots[symbol].FirstOrDefault();
}
