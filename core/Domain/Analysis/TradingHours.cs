using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>What the time of day does to thresholds. Hours are UTC and those of a bar's open time.</summary>
public static class TradingHours
{
    /// <summary>0 to 23.</summary>
    public static int HourUtc(long timeMs) =>
        (int)((timeMs - TimeFrame.D1.OpenOf(timeMs)) / TimeFrame.H1.Ms());

    /// <summary>
    /// Factor on a volume threshold (spec 2.8, MA/VWAP Pullback): fewer people trade from 00 to 08 (0.6) and
    /// from 20 to 24 (0.8).
    /// </summary>
    public static double VolumeFactor(long openTimeMs) => HourUtc(openTimeMs) switch
    {
        < 8 => 0.6,
        >= 20 => 0.8,
        _ => 1.0,
    };
}
