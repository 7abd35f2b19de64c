namespace FuturesBot.Simulator.Trading;

/// <summary>
/// What is to happen at a time, in order of time and then of asking. What is no longer wanted is taken out.
/// </summary>
internal sealed class Timetable
{
    private readonly SortedSet<(long AtMs, long Number)> _order = [];
    private readonly Dictionary<long, Action> _acts = [];
    private long _last;

    public int Count => _acts.Count;

    /// <returns>The key to remove it by.</returns>
    public (long AtMs, long Number) Add(long atMs, Action act)
    {
        var key = (atMs, ++_last);
        _order.Add(key);
        _acts.Add(_last, act);
        return key;
    }

    /// <summary>Nothing happens when it is gone already, or never was.</summary>
    public void Remove((long AtMs, long Number)? key)
    {
        if (key is { } known && _acts.Remove(known.Number)) _order.Remove(known);
    }

    /// <summary>Takes out the first act that is due by now.</summary>
    public bool TryTake(long nowMs, out Action act)
    {
        act = static () => { };
        if (_order.Count == 0 || _order.Min is var first && first.AtMs > nowMs) return false;
        _order.Remove(first);
        return _acts.Remove(first.Number, out act!);
    }
}
