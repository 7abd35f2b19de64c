using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// VWAP of the bars whose open time is at or after Monday 00:00 UTC of their week, with σ. Source: spec
/// 2.3. Warm-up 1.
/// </summary>
public sealed class WeeklyVwap : IIndicator<Candle, VwapReading>
{
    // 1 January 1970 was a Thursday: Mondays are the days whose number is 4 modulo 7.
    private const long FirstMonday = 4;

    private VwapSums _sums;
    private long _mondayMs = long.MinValue;

    public int WarmupBars => 1;

    /// <summary>The Monday 00:00 UTC at or before a time (UTC, Unix milliseconds).</summary>
    public static long MondayOf(long timeMs)
    {
        var day = TimeFrame.D1.OpenOf(timeMs) / TimeFrame.D1.Ms();
        var sinceMonday = (((day - FirstMonday) % 7) + 7) % 7;   // times before 1970 count back too
        return (day - sinceMonday) * TimeFrame.D1.Ms();
    }

    public VwapReading Update(in Candle input)
    {
        var mondayMs = MondayOf(input.OpenTimeMs);
        if (mondayMs != _mondayMs) _sums.Clear();
        _mondayMs = mondayMs;
        _sums.Add(input);
        return _sums.Read();
    }

    public void Carry(StateCarrier carrier)
    {
        _sums.Carry(carrier);
        carrier.Carry(ref _mondayMs);
    }
}
