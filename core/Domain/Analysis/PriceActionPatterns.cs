using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>
/// Pin bar, engulfing, inside bar and fakey with the thresholds of bot A (spec 1.8). Pure questions
/// about the last closed bars; shown on the chart, and a score part by setting.
/// </summary>
public static class PriceActionPatterns
{
    /// <summary>A pin bar's wick is at least this many bodies.</summary>
    public const double PinWickBodiesMin = 2.0;

    /// <summary>… and at least this part of the range.</summary>
    public const double PinWickShareMin = 0.60;

    /// <summary>The other wick is at most this part of the range.</summary>
    public const double PinOtherWickShareMax = 0.25;

    /// <summary>The close lies in this outer part of the range.</summary>
    public const double PinCloseShareMax = 0.40;

    /// <summary>An engulfing body covers at least this part of the body before it.</summary>
    public const double EngulfingCoverMin = 0.80;

    /// <summary>The patterns that the newest bar completes in favour of the side.</summary>
    public static PriceActionPattern Of(CandleSeries bars, Side side)
    {
        var found = PriceActionPattern.None;
        if (bars.Count == 0) return found;
        ref readonly var bar = ref bars.Last;
        if (IsPinBar(bar, side)) found |= PriceActionPattern.PinBar;
        if (bars.Count < 2) return found;
        if (IsEngulfing(bars.Ago(1), bar, side)) found |= PriceActionPattern.Engulfing;
        if (IsInside(bars.Ago(1), bar)) found |= PriceActionPattern.InsideBar;
        if (bars.Count < 3) return found;
        if (IsFakey(bars.Ago(2), bars.Ago(1), bar, side)) found |= PriceActionPattern.Fakey;
        return found;
    }

    /// <summary>Rejection of prices beyond the bar: long = the lower wick is the long one.</summary>
    public static bool IsPinBar(in Candle bar, Side side)
    {
        var range = bar.Range;
        if (!(range > 0)) return false;
        var lower = Math.Min(bar.Open, bar.Close) - bar.Low;
        var upper = bar.High - Math.Max(bar.Open, bar.Close);
        var (wick, other) = side == Side.Long ? (lower, upper) : (upper, lower);
        return wick >= PinWickBodiesMin * bar.Body
            && wick >= PinWickShareMin * range
            && other <= PinOtherWickShareMax * range
            && Math.Abs(side.Favourable(bar) - bar.Close) <= PinCloseShareMax * range;
    }

    /// <summary>A bar with the side whose body covers at least 80 % of the opposite body before it.</summary>
    public static bool IsEngulfing(in Candle before, in Candle bar, Side side)
    {
        var with = side == Side.Long ? before.IsDown && bar.IsUp : before.IsUp && bar.IsDown;
        if (!with) return false;
        var top = Math.Min(Math.Max(before.Open, before.Close), Math.Max(bar.Open, bar.Close));
        var bottom = Math.Max(Math.Min(before.Open, before.Close), Math.Min(bar.Open, bar.Close));
        return top - bottom >= EngulfingCoverMin * before.Body;
    }

    /// <summary>High and low within those of the bar before, and not both equal to them.</summary>
    public static bool IsInside(in Candle mother, in Candle bar) =>
        bar.High <= mother.High && bar.Low >= mother.Low && bar.Range < mother.Range;

    /// <summary>
    /// An inside bar, then a bar that went beyond the mother against the side and closed back within
    /// the inside bar or through it.
    /// </summary>
    public static bool IsFakey(in Candle mother, in Candle inside, in Candle bar, Side side) =>
        IsInside(mother, inside)
        && side.Beyond(side.Adverse(mother), side.Adverse(bar)) > 0
        && side.Beyond(bar.Close, side.Adverse(inside)) > 0;
}
