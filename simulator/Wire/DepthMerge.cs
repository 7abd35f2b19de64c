using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Wire;

/// <summary>Changes of a book gathered for one message: the last quantity of each price.</summary>
internal sealed class DepthMerge
{
    private readonly SortedList<long, long> _bids = new(Comparer<long>.Create((one, other) => other.CompareTo(one)));
    private readonly SortedList<long, long> _asks = [];

    public bool IsEmpty { get; private set; } = true;

    public long EventMs { get; private set; }

    public long TransactionMs { get; private set; }

    public long FirstId { get; private set; }

    public long LastId { get; private set; }

    public long PreviousLastId { get; private set; }

    public DepthLevel[] Bids => [.. _bids.Select(level => new DepthLevel(level.Key, level.Value))];

    public DepthLevel[] Asks => [.. _asks.Select(level => new DepthLevel(level.Key, level.Value))];

    public void Add(in DepthDelta delta)
    {
        if (IsEmpty) (FirstId, PreviousLastId, IsEmpty) = (delta.FirstId, delta.PreviousLastId, false);
        (EventMs, TransactionMs, LastId) = (delta.EventMs, delta.TransactionMs, delta.LastId);
        foreach (var level in delta.Bids) _bids[level.Ticks] = level.Steps;
        foreach (var level in delta.Asks) _asks[level.Ticks] = level.Steps;
    }

    public void Clear()
    {
        _bids.Clear();
        _asks.Clear();
        IsEmpty = true;
    }
}
