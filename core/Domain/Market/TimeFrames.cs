namespace FuturesBot.Domain.Market;

/// <summary>Arithmetic and names of <see cref="TimeFrame"/>. Candles are aligned to 00:00 UTC.</summary>
public static class TimeFrames
{
    private const long MsPerMinute = 60_000;

    /// <summary>Every frame, the shortest first.</summary>
    public static IReadOnlyList<TimeFrame> All { get; } =
        [TimeFrame.M1, TimeFrame.M5, TimeFrame.M15, TimeFrame.H1, TimeFrame.H4, TimeFrame.D1];

    public static int Minutes(this TimeFrame frame) => (int)frame;

    /// <summary>Length in milliseconds.</summary>
    public static long Ms(this TimeFrame frame) => (long)frame * MsPerMinute;

    /// <summary>The name that Binance uses: <c>1m 5m 15m 1h 4h 1d</c>.</summary>
    public static string Code(this TimeFrame frame) => frame switch
    {
        TimeFrame.M1 => "1m",
        TimeFrame.M5 => "5m",
        TimeFrame.M15 => "15m",
        TimeFrame.H1 => "1h",
        TimeFrame.H4 => "4h",
        TimeFrame.D1 => "1d",
        _ => throw new ArgumentOutOfRangeException(nameof(frame), frame, "Time frame was not one of the six"),
    };

    public static bool TryParse(string? code, out TimeFrame frame)
    {
        foreach (var candidate in All)
        {
            if (!string.Equals(candidate.Code(), code, StringComparison.Ordinal)) continue;
            frame = candidate;
            return true;
        }

        frame = default;
        return false;
    }

    /// <summary>For constants of our own.</summary>
    /// <exception cref="FormatException">The code is none of the six.</exception>
    public static TimeFrame Parse(string code) =>
        TryParse(code, out var frame)
            ? frame
            : throw new FormatException($"Time frame was '{code}'; allowed are 1m, 5m, 15m, 1h, 4h, 1d");

    /// <summary>Open time of the candle that holds <paramref name="timeMs"/> (UTC, Unix milliseconds).</summary>
    public static long OpenOf(this TimeFrame frame, long timeMs)
    {
        var length = frame.Ms();
        var open = timeMs / length * length;
        return open > timeMs ? open - length : open;   // times before 1970 round down too
    }

    /// <summary>True when a candle of this frame may open at <paramref name="timeMs"/>.</summary>
    public static bool IsAligned(this TimeFrame frame, long timeMs) => timeMs % frame.Ms() == 0;
}
