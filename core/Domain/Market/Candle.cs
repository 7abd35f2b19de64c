using System.Runtime.InteropServices;

namespace FuturesBot.Domain.Market;

/// <summary>
/// A <b>closed</b> candle. The one that is still running is a <see cref="RunningCandle"/>, and nothing
/// that decides takes it: an unclosed candle cannot reach a strategy by mistake.
/// </summary>
/// <param name="OpenTimeMs">UTC, Unix milliseconds, aligned to the time frame.</param>
/// <param name="Volume">Base units.</param>
/// <param name="QuoteVolume">Quote units; NaN when the source does not have it.</param>
/// <param name="TakerBuyVolume">Base units bought by takers; NaN when the source does not have it.</param>
/// <param name="Trades">Number of trades; −1 when the source does not have it.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Candle(
    long OpenTimeMs,
    double Open,
    double High,
    double Low,
    double Close,
    double Volume,
    double QuoteVolume = double.NaN,
    double TakerBuyVolume = double.NaN,
    long Trades = -1)
{
    public double Range => High - Low;

    /// <summary>|close − open|.</summary>
    public double Body => Math.Abs(Close - Open);

    /// <summary>(high + low + close) / 3.</summary>
    public double Typical => (High + Low + Close) / 3;

    public bool IsUp => Close > Open;

    public bool IsDown => Close < Open;

    public bool HasTakerVolume => !double.IsNaN(TakerBuyVolume);

    /// <summary>Volume delta 2·TBV − V in base units; NaN when taker volume is unavailable (spec 2.2).</summary>
    public double Delta => (2 * TakerBuyVolume) - Volume;

    /// <summary>The moment the candle closed: the open of the next one.</summary>
    public long CloseTimeMs(TimeFrame frame) => OpenTimeMs + frame.Ms();

    /// <summary>Names the first thing that no real candle can have; null when there is none.</summary>
    public string? Fault(TimeFrame frame)
    {
        if (!frame.IsAligned(OpenTimeMs)) return $"open time {OpenTimeMs} is not aligned to {frame.Code()}";
        if (!(double.IsFinite(Open) && double.IsFinite(High) && double.IsFinite(Low) && double.IsFinite(Close)))
            return "a price is not a finite number";
        if (Low <= 0) return $"low {Low} is not positive";
        if (High < Math.Max(Open, Close)) return $"high {High} is below open {Open} or close {Close}";
        if (Low > Math.Min(Open, Close)) return $"low {Low} is above open {Open} or close {Close}";
        if (!double.IsFinite(Volume) || Volume < 0) return $"volume {Volume} is not a number from 0 up";
        if (TakerBuyVolume < 0 || TakerBuyVolume > Volume * (1 + 1e-9))
            return $"taker buy volume {TakerBuyVolume} is not between 0 and volume {Volume}";
        return null;
    }
}
