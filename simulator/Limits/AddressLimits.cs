using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Limits;

/// <summary>
/// What the exchange counts per IP address, on wall time: 2,400 weight in a minute, 500 funding calls and 1,000 calls of
/// /futures/data in five. Who goes on after 429 is banned, the next time four times as long.
/// </summary>
/// <remarks>The exchange says that bans last from two minutes to three days; how many refused calls earn one it does not say.</remarks>
internal sealed class AddressLimits(TimeProvider wall)
{
    /// <summary>Refused calls within five minutes that earn a ban.</summary>
    public const int RefusedMax = 10;

    private const int WeightPerMinute = 2_400;
    private const long MinuteMs = 60_000;
    private const long FiveMinutesMs = 5 * MinuteMs;

    private static readonly TimeSpan FirstBan = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestBan = TimeSpan.FromDays(3);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Counters> _addresses = new(StringComparer.Ordinal);

    /// <summary>Weight that any address used in its busiest minute so far.</summary>
    public int BusiestMinute { get; private set; }

    /// <summary>Calls answered 429 or 418 so far.</summary>
    public long Refused { get; private set; }

    /// <param name="address">Of the caller.</param>
    /// <param name="pool">What it counts against.</param>
    /// <param name="weight">Its weight; for the pools of calls it counts as one call.</param>
    public Admission Take(string address, RequestPool pool, int weight)
    {
        lock (_gate)
        {
            var nowMs = wall.GetUtcNow().ToUnixTimeMilliseconds();
            var counters = Of(address);
            var window = pool switch
            {
                RequestPool.Weight => counters.Weight,
                RequestPool.Funding => counters.Funding,
                RequestPool.FuturesData => counters.FuturesData,
                _ => null,
            };
            counters.Weight.Add(window == counters.Weight ? weight : 0, nowMs);
            if (window is not null && window != counters.Weight) window.Add(1, nowMs);
            BusiestMinute = Math.Max(BusiestMinute, counters.Weight.Used);
            if (nowMs < counters.BannedUntilMs) return Banned(address, counters, nowMs);
            if (window is not { IsOver: true }) return new(counters.Weight.Used, null, 0);

            counters.Refused.Add(1, nowMs);
            if (!counters.Refused.IsOver) return TooMany(address, counters, window, nowMs);
            Ban(counters, nowMs, counters.NextBan);
            counters.NextBan = Min(counters.NextBan * 4, LongestBan);
            return Banned(address, counters, nowMs);
        }
    }

    /// <summary>Bans an address, whatever it did.</summary>
    public void Ban(string address, TimeSpan length)
    {
        lock (_gate) Ban(Of(address), wall.GetUtcNow().ToUnixTimeMilliseconds(), length);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static void Ban(Counters counters, long nowMs, TimeSpan length) =>
        counters.BannedUntilMs = Math.Max(counters.BannedUntilMs, nowMs + (long)length.TotalMilliseconds);

    private Admission TooMany(string address, Counters counters, Window window, long nowMs)
    {
        Refused++;
        var refusal = new Refusal(
            -1003,
            $"Too many requests; current limit of IP({address}) is {window.Limit} requests per minute. "
            + "Please use the websocket for live updates to avoid polling the API.",
            429);
        return new(counters.Weight.Used, refusal, window.SecondsLeft(nowMs));
    }

    private Admission Banned(string address, Counters counters, long nowMs)
    {
        Refused++;
        var refusal = new Refusal(
            -1003,
            $"Way too many requests; IP({address}) banned until {counters.BannedUntilMs}. "
            + "Please use the websocket for live updates to avoid bans.",
            418);
        return new(counters.Weight.Used, refusal, (int)((counters.BannedUntilMs - nowMs + 999) / 1000));
    }

    private Counters Of(string address)
    {
        if (!_addresses.TryGetValue(address, out var counters)) _addresses.Add(address, counters = new());
        return counters;
    }

    private sealed class Counters
    {
        public Window Weight { get; } = new(MinuteMs, WeightPerMinute);

        public Window Funding { get; } = new(FiveMinutesMs, 500);

        public Window FuturesData { get; } = new(FiveMinutesMs, 1_000);

        public Window Refused { get; } = new(FiveMinutesMs, RefusedMax);

        public long BannedUntilMs { get; set; }

        public TimeSpan NextBan { get; set; } = FirstBan;
    }
}
