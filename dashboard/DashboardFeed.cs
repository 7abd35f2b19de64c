namespace FuturesBot.Dashboard;

/// <summary>
/// The news of the running system, numbered and bounded: the newest are kept for pages that come back with
/// their last event id; a page that was away longer is told to read everything again. Thread-safe;
/// <see cref="Push"/> never waits for a page.
/// </summary>
/// <param name="capacity">News kept, at least 16.</param>
public sealed class DashboardFeed(int capacity = DashboardFeed.DefaultCapacity)
{
    /// <summary>At 60 times speed twelve symbols close about 17 candles a second: two minutes of news.</summary>
    public const int DefaultCapacity = 2_048;

    private readonly Lock _gate = new();
    private readonly DashboardPush[] _ring = new DashboardPush[Math.Max(capacity, 16)];
    private long _count;

    /// <summary>Number of the newest push; 0 before the first.</summary>
    public long LastId
    {
        get
        {
            lock (_gate) return _count;
        }
    }

    public void Push(DashboardPush push)
    {
        ArgumentNullException.ThrowIfNull(push);
        lock (_gate) _ring[_count++ % _ring.Length] = push;
    }

    /// <summary>Everything after number <paramref name="id"/>, oldest first, into <paramref name="into"/>.</summary>
    /// <returns>False when some of it is no longer kept, or the number is none of ours: read everything again.</returns>
    internal bool TryReadAfter(long id, List<(long Id, DashboardPush Push)> into)
    {
        lock (_gate)
        {
            if (id < 0 || id > _count || _count - id > _ring.Length) return false;
            for (var next = id; next < _count; next++) into.Add((next + 1, _ring[next % _ring.Length]));
            return true;
        }
    }
}
