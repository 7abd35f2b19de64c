namespace FuturesBot.Simulator.Market;

/// <summary>Names and borders of <see cref="KlineInterval"/>; all times are UTC Unix milliseconds.</summary>
public static class KlineIntervals
{
    private const long MinuteMs = 60_000;
    private const long DayMs = 1440 * MinuteMs;

    // 1970-01-01 was a Thursday: the first Monday is four days later.
    private const long FirstMondayMs = 4 * DayMs;

    private static readonly (string Code, int Minutes)[] Facts =
    [
        ("1m", 1), ("3m", 3), ("5m", 5), ("15m", 15), ("30m", 30), ("1h", 60), ("2h", 120), ("4h", 240),
        ("6h", 360), ("8h", 480), ("12h", 720), ("1d", 1440), ("3d", 4320), ("1w", 10_080), ("1M", 0),
    ];

    /// <summary>Every interval, the shortest first.</summary>
    public static IReadOnlyList<KlineInterval> All { get; } = Enum.GetValues<KlineInterval>();

    /// <summary>The exchange's name: <c>1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w 1M</c>.</summary>
    public static string Code(this KlineInterval interval) => Facts[(int)interval].Code;

    /// <summary>Case counts: <c>1m</c> is a minute, <c>1M</c> a month.</summary>
    public static bool TryParse(string? code, out KlineInterval interval)
    {
        var at = Array.FindIndex(Facts, fact => string.Equals(fact.Code, code, StringComparison.Ordinal));
        interval = (KlineInterval)Math.Max(0, at);
        return at >= 0;
    }

    /// <summary>Open time of the candle that holds <paramref name="timeMs"/>; weeks begin on Monday.</summary>
    public static long OpenOf(this KlineInterval interval, long timeMs)
    {
        if (interval == KlineInterval.Month) return MonthOf(timeMs, add: 0);
        var length = Facts[(int)interval].Minutes * MinuteMs;
        var origin = interval == KlineInterval.W1 ? FirstMondayMs : 0;
        return timeMs - ((((timeMs - origin) % length) + length) % length);
    }

    /// <summary>Open time of the candle after the one that holds <paramref name="timeMs"/>.</summary>
    public static long NextOpen(this KlineInterval interval, long timeMs) =>
        interval == KlineInterval.Month
            ? MonthOf(timeMs, add: 1)
            : interval.OpenOf(timeMs) + (Facts[(int)interval].Minutes * MinuteMs);

    private static long MonthOf(long timeMs, int add)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(timeMs);
        return new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(add).ToUnixTimeMilliseconds();
    }
}
