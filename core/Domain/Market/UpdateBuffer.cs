using System.Buffers;

namespace FuturesBot.Domain.Market;

/// <summary>
/// Depth updates that wait for a snapshot: an unbroken chain, oldest first. An update that does not continue the chain
/// starts it anew, because no snapshot can bridge the break; at the bound the oldest goes.
/// </summary>
internal sealed class UpdateBuffer(int updatesMax, int levelsMax)
{
    private readonly Queue<BufferedUpdate> _updates = new();
    private long _lastFinalId;
    private int _levels;

    public int Count => _updates.Count;

    /// <summary>The bound of updates from the next one on.</summary>
    public int UpdatesMax { get; set; } = updatesMax;

    /// <summary>Updates that made room for newer ones.</summary>
    public long Displaced { get; private set; }

    public BufferedUpdate Oldest => _updates.Peek();

    /// <summary>Copies an update to the end.</summary>
    /// <returns>False when it is no newer than the last one: a doubled or a late one.</returns>
    public bool Add(
        long eventMs, long receivedMs, long firstId, long finalId, long previousFinalId,
        ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        if (_updates.Count > 0)
        {
            if (finalId <= _lastFinalId) return false;
            if (previousFinalId != _lastFinalId) Clear();
        }

        var levels = ArrayPool<BookLevel>.Shared.Rent(bids.Length + asks.Length);
        bids.CopyTo(levels);
        asks.CopyTo(levels.AsSpan(bids.Length));
        _updates.Enqueue(new(
            eventMs, receivedMs, firstId, finalId, previousFinalId, levels, bids.Length, asks.Length));
        _levels += bids.Length + asks.Length;
        _lastFinalId = finalId;
        while (_updates.Count > 1 && (_updates.Count > UpdatesMax || _levels > levelsMax))
        {
            DropOldest();
            Displaced++;
        }

        return true;
    }

    /// <summary>Drops the updates that a snapshot has already (spec 3.5, rule 3).</summary>
    /// <returns>How many.</returns>
    public int DropBefore(long lastUpdateId)
    {
        var dropped = 0;
        for (; _updates.Count > 0 && _updates.Peek().FinalId < lastUpdateId; dropped++) DropOldest();
        return dropped;
    }

    public void DropOldest()
    {
        var oldest = _updates.Dequeue();
        _levels -= oldest.Count;
        oldest.Return();
    }

    public void Clear()
    {
        while (_updates.Count > 0) DropOldest();
    }
}
