using System.Runtime.InteropServices;

namespace FuturesBot.Domain.Analysis;

/// <summary>The regime after a closed 4h candle, with the inputs that made it (spec 2.7).</summary>
/// <param name="Label">The regime, hysteresis applied.</param>
/// <param name="Direction">Of a trend; neutral for every other label.</param>
/// <param name="Confidence">0 to 1; of UNDECIDED 0.</param>
/// <param name="H4Bias">Bullish: close &gt; EMA50 &gt; EMA200; bearish: the reverse; else neutral.</param>
/// <param name="Adx">ADX14; NaN while warming up.</param>
/// <param name="WidthPercentile">Percentile of the Bollinger width, 0 to 100; NaN while warming up.</param>
/// <param name="Slope20">
/// EMA20's change per bar as a fraction of itself (0.0005 = 0.05 %); NaN while warming up.
/// </param>
/// <param name="Slope50">The same of EMA50.</param>
/// <param name="SqueezeBars">Consecutive bars with narrow bands since the last release.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]   // no padding: its bytes go into snapshots
public readonly record struct RegimeReading(
    MarketRegime Label,
    Bias Direction,
    double Confidence,
    Bias H4Bias,
    double Adx,
    double WidthPercentile,
    double Slope20,
    double Slope50,
    int SqueezeBars)
{
    /// <summary>Before the first candle.</summary>
    public static RegimeReading None { get; } = new(
        MarketRegime.Undecided, Bias.Neutral, 0, Bias.Neutral,
        double.NaN, double.NaN, double.NaN, double.NaN, 0);
}
