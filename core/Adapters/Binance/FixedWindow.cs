using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance;

/// <summary>
/// A limit that the server counts in windows of its own clock: minute by minute. Which window a request falls into is
/// known only as well as the clock and the way there are, so one that leaves near a border counts in both windows, and
/// one that is still out at a border counts in the next one too.
/// </summary>
/// <param name="index">Which limit it is.</param>
/// <param name="lengthMs">Of a window.</param>
/// <param name="limit">Of the server.</param>
/// <param name="ceilings">What each lane may bring our own count to.</param>
internal sealed class FixedWindow(int index, long lengthMs, int limit, int[] ceilings)
{
    // Half of the longest way to the exchange that still counts as healthy, and more than its clock is mistaken by.
    public const long GuardMs = 1_000;

    public const int WeightIndex = 0;
    public const int Count = 3;

    private readonly Dictionary<long, Tally> _tallies = [];

    // When other programs use up our share, stops and closings may still go on up to here.
    private readonly int _emergency = limit * 90 / 100;

    private (long Oldest, long Newest) _rolled = (long.MinValue, long.MinValue);

    /// <summary>Place of this limit among <see cref="Count"/>.</summary>
    public int Index => index;

    public int Limit => limit;

    /// <summary>The most that was ours in any window.</summary>
    public int Peak { get; private set; }

    public int Ceiling(RequestLane lane) => ceilings[(int)lane];

    /// <summary>What a request takes of this limit.</summary>
    public int AmountOf(RequestCost cost) => Index == WeightIndex ? cost.Weight : cost.Orders;

    /// <summary>Forgets old windows, and opens the present one with what is still out.</summary>
    public void Roll(long nowMs, IEnumerable<BudgetLease> outstanding)
    {
        var (oldest, newest) = (Number(nowMs - GuardMs), Number(nowMs));
        if (_rolled == (oldest, newest)) return;
        _rolled = (oldest, newest);
        foreach (var old in _tallies.Keys.Where(number => number < oldest).ToArray()) _tallies.Remove(old);
        foreach (var lease in outstanding)
        {
            var (amount, span) = (AmountOf(lease.Cost), lease.Spans[Index]);
            if (span.Last >= newest) continue;
            for (var number = Math.Max(span.Last + 1, oldest); number <= newest; number++) Add(number, lease.Lane, amount);
            lease.Spans[Index] = span with { Last = newest };
        }
    }

    public bool HasRoom(int amount, RequestLane lane, long nowMs)
    {
        for (var number = Number(nowMs - GuardMs); number <= Number(nowMs + GuardMs); number++)
        {
            var tally = At(number);
            var totalMax = lane == RequestLane.Protective ? Math.Max(_emergency, Ceiling(lane)) : Ceiling(lane);
            if (tally.Own + amount > Ceiling(lane) || tally.Own + tally.Others + amount > totalMax) return false;
        }

        return true;
    }

    public void Charge(BudgetLease lease, long nowMs)
    {
        var span = new WindowSpan(Number(nowMs - GuardMs), Number(nowMs + GuardMs));
        for (var number = span.First; number <= span.Last; number++) Add(number, lease.Lane, AmountOf(lease.Cost));
        lease.Spans[Index] = span;
    }

    /// <summary>
    /// The server's own count, from the answer to a request. It is believed where it can only be of one window: what it
    /// counts above ours was used by others.
    /// </summary>
    public bool Told(BudgetLease lease, int count, long nowMs)
    {
        var span = lease.Spans[Index];
        if (span.First != span.Last || Number(nowMs - GuardMs) != span.First || Number(nowMs + GuardMs) != span.First) return false;
        var tally = At(span.First);
        tally.Others = Math.Max(tally.IsAssumed ? 0 : tally.Others, count - tally.Own);
        tally.IsAssumed = false;
        return true;
    }

    /// <summary>
    /// Nobody knows what an earlier run used: half of the limit counts as used in the windows that may be under way, until
    /// the server tells.
    /// </summary>
    public void AssumeHalf(long nowMs)
    {
        for (var number = Number(nowMs - GuardMs); number <= Number(nowMs + GuardMs); number++)
        {
            var tally = At(number);
            (tally.Others, tally.IsAssumed) = (limit / 2, true);
        }
    }

    /// <summary>The next moment at which there may be more room.</summary>
    public long NextRoomMs(long nowMs) => EndOf(nowMs - GuardMs) + GuardMs;

    public long EndOf(long ms) => (Number(ms) + 1) * lengthMs;

    public (int Own, int Others, int[] ByLane) Read(long nowMs)
    {
        var tally = At(Number(nowMs));
        return (tally.Own, tally.Others, tally.ByLane);
    }

    // Wall time is far from 1970, so rounding towards zero is rounding down.
    private long Number(long ms) => ms / lengthMs;

    private Tally At(long number)
    {
        if (!_tallies.TryGetValue(number, out var tally)) _tallies.Add(number, tally = new());
        return tally;
    }

    private void Add(long number, RequestLane lane, int amount)
    {
        var tally = At(number);
        tally.Own += amount;
        tally.ByLane[(int)lane] += amount;
        Peak = Math.Max(Peak, tally.Own);
    }

    private sealed class Tally
    {
        public int Own { get; set; }

        public int Others { get; set; }

        public bool IsAssumed { get; set; }

        public int[] ByLane { get; } = new int[BudgetLimits.LaneCount];
    }
}
