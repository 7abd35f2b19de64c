using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>Every measure of a pattern, named as in Action Price's log (spec 1.9), for later learning.</summary>
public static class ActionPriceAnatomy
{
    private const int SwingBars = 20;

    // ATR this far from the mean of its last 20 values is no longer normal.
    private const double HighAtr = 1.2;
    private const double LowAtr = 0.8;

    public static IReadOnlyDictionary<string, object?> Of(
        ActionPricePattern pattern, FrameStudies frame, ActionPriceOptions options)
    {
        var c = pattern.Confirm;
        var side = pattern.Side;
        var depth = side.Beyond(c.Candle.Close, c.Ema200) / c.Atr;
        var slope = (c.Ema200 - pattern.Ema200TenBefore) / c.Atr;
        var fan = ActionPriceScore.FanOrder(Side.Long, c);
        var log = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        Bar(log, "initiator", pattern.Initiator, options);
        Bar(log, "confirm", c, options);
        log["initiator_body_cross_type"] = side == Side.Long ? "up" : "down";
        log["confirm_depth_atr"] = depth;
        log["confirm_color"] = c.Candle.IsUp ? "green" : c.Candle.IsDown ? "red" : "doji";
        log["touch_ema200"] = c.Candle.Low <= c.Ema200 && c.Ema200 <= c.Candle.High;
        log["close_vs_ema_fan"] = CloseVersusFan(c);
        log["gap_to_outer_band_atr"] = options.BandAtr - depth;
        log["slope_ema200_norm"] = slope;
        log["ema_fan_state"] = fan > 0 ? "bullish" : fan < 0 ? "bearish" : "flat";
        log["ema_fan_spread_norm"] = Math.Abs(c.Ema5 - c.Ema21) / c.Atr;
        log["touches_ema200_last5"] = ActionPriceScore.Sticky(pattern);
        log["trend_tag"] = slope >= 0.20 && fan > 0 ? "up" : slope <= -0.20 && fan < 0 ? "down" : "side";
        log["retest_tag"] = Retested(pattern);
        log["break_and_base_tag"] = ActionPriceScore.Bases(pattern) >= 2;
        Swing(log, frame);
        log["atr_regime"] = AtrRegime(frame);
        return log;
    }

    /// <summary>Highest and lowest price of the last 20 bars and how many bars ago they stood.</summary>
    private static void Swing(SortedDictionary<string, object?> log, FrameStudies frame)
    {
        var bars = frame.Bars;
        var (high, low) = (0, 0);
        for (var ago = 1; ago < SwingBars && ago < bars.Count; ago++)
        {
            if (bars.Ago(ago).High > bars.Ago(high).High) high = ago;
            if (bars.Ago(ago).Low < bars.Ago(low).Low) low = ago;
        }

        log["swing_high_price"] = bars.Ago(high).High;
        log["swing_high_index"] = high;
        log["swing_low_price"] = bars.Ago(low).Low;
        log["swing_low_index"] = low;
    }

    private static string? AtrRegime(FrameStudies frame)
    {
        if (frame.Bars.Count < SwingBars) return null;
        var sum = 0.0;
        for (var ago = 0; ago < SwingBars; ago++) sum += frame.Ago(ago).Atr;
        var ratio = frame.Now.Atr / (sum / SwingBars);
        return double.IsNaN(ratio) ? null : ratio > HighAtr ? "high" : ratio < LowAtr ? "low" : "normal";
    }

    private static bool Retested(ActionPricePattern pattern)
    {
        for (var k = 0; k < ActionPricePattern.RetestBars; k++)
        {
            if (ActionPriceScore.Retested(pattern.Side, pattern.Before[k])) return true;
        }

        return false;
    }

    private static string CloseVersusFan(in ActionPriceBar bar)
    {
        var top = Math.Max(Math.Max(bar.Ema5, bar.Ema9), Math.Max(bar.Ema13, bar.Ema21));
        var bottom = Math.Min(Math.Min(bar.Ema5, bar.Ema9), Math.Min(bar.Ema13, bar.Ema21));
        return bar.Candle.Close > top ? "above_all" : bar.Candle.Close < bottom ? "below_all" : "inside";
    }

    private static void Bar(
        SortedDictionary<string, object?> log, string prefix, in ActionPriceBar bar, ActionPriceOptions options)
    {
        var candle = bar.Candle;
        log[prefix + "_ema5"] = bar.Ema5;
        log[prefix + "_ema9"] = bar.Ema9;
        log[prefix + "_ema13"] = bar.Ema13;
        log[prefix + "_ema21"] = bar.Ema21;
        log[prefix + "_ema200"] = bar.Ema200;
        log[prefix + "_atr"] = bar.Atr;
        log[prefix + "_atr_upper_band"] = bar.Ema200 + (options.BandAtr * bar.Atr);
        log[prefix + "_atr_lower_band"] = bar.Ema200 - (options.BandAtr * bar.Atr);
        log[prefix + "_open"] = candle.Open;
        log[prefix + "_high"] = candle.High;
        log[prefix + "_low"] = candle.Low;
        log[prefix + "_close"] = candle.Close;
        log[prefix + "_body_size_atr"] = candle.Body / bar.Atr;
        log[prefix + "_upper_wick_atr"] = (candle.High - Math.Max(candle.Open, candle.Close)) / bar.Atr;
        log[prefix + "_lower_wick_atr"] = (Math.Min(candle.Open, candle.Close) - candle.Low) / bar.Atr;
        log[prefix + "_volume"] = candle.Volume;
    }
}
