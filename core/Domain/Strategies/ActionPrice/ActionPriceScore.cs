using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>
/// The eleven components of Action Price (spec 1.8, column "Seed", component 11 with the corrected
/// sign). Reachable range −5…+12: components 2 and 6 are one variable, g = 1.5 − d.
/// </summary>
public static class ActionPriceScore
{
    public static ScorePart[] Parts(ActionPricePattern pattern, ActionPriceOptions options)
    {
        var side = pattern.Side;
        var i = pattern.Initiator;
        var c = pattern.Confirm;
        var size = i.Candle.Body / i.Atr;
        var depth = side.Beyond(c.Candle.Close, c.Ema200) / c.Atr;
        var slope = side.Beyond(c.Ema200, pattern.Ema200TenBefore) / c.Atr;
        var gap = options.BandAtr - depth;
        var sticky = Sticky(pattern);
        var wick = WickAgainst(side, i.Candle) / i.Atr;
        var bases = Bases(pattern);

        return
        [
            new("initiator_size", size >= 1.10 ? 2 : size >= 0.80 ? 1 : 0, $"body {size:0.00} ATR"),
            new("confirm_depth", depth >= 0.40 ? 2 : depth >= 0.35 ? 1 : depth >= 0.30 ? 0 : -1, $"{depth:0.00} ATR beyond EMA200"),
            ClosePosition(side, c),
            new("slope200", slope >= 0.20 ? 1 : slope <= -0.20 ? -1 : 0, $"{slope:+0.00;−0.00} ATR in 10 bars"),
            Fan(side, c),
            new("gap_to_atr", gap >= 0.50 ? 1 : gap < 0.30 ? -1 : 0, $"{gap:0.00} ATR to the band"),
            new("lipuchka", sticky >= 3 ? -1 : 0, $"{sticky} of 5 bars touch EMA200"),
            Colour(side, c, depth),
            new("break_and_base", bases >= 2 ? 1 : 0, $"{bases} of 3 bars form a base"),
            Retest(pattern),
            new("initiator_wick", wick >= 0.25 ? 1 : 0, $"wick {wick:0.00} ATR"),
        ];
    }

    public static ActionPriceMode ModeOf(double total, ActionPriceOptions options) =>
        total >= options.StandardScore ? ActionPriceMode.Standard
        : total >= options.ScalpScore ? ActionPriceMode.Scalp
        : ActionPriceMode.Skip;

    /// <summary>Bars I−5…I−1 whose range holds their own EMA200.</summary>
    internal static int Sticky(ActionPricePattern pattern)
    {
        var touches = 0;
        for (var k = 1; k <= ActionPricePattern.StickyBars; k++)
        {
            var bar = pattern.Before[k];
            if (bar.Candle.Low <= bar.Ema200 && bar.Ema200 <= bar.Candle.High) touches++;
        }

        return touches;
    }

    /// <summary>The wick on the side the move leaves: below the body for a long.</summary>
    public static double WickAgainst(Side side, in Candle bar) =>
        side == Side.Long
            ? Math.Min(bar.Open, bar.Close) - bar.Low
            : bar.High - Math.Max(bar.Open, bar.Close);

    /// <summary>+1 ordered with the side, −1 ordered against it, 0 neither.</summary>
    internal static int FanOrder(Side side, in ActionPriceBar bar)
    {
        var s = side.Sign();
        if (s * (bar.Ema5 - bar.Ema9) > 0 && s * (bar.Ema9 - bar.Ema13) > 0 && s * (bar.Ema13 - bar.Ema21) > 0) return 1;
        if (s * (bar.Ema5 - bar.Ema9) < 0 && s * (bar.Ema9 - bar.Ema13) < 0 && s * (bar.Ema13 - bar.Ema21) < 0) return -1;
        return 0;
    }

    internal static bool Retested(Side side, in ActionPriceBar bar) =>
        TouchedAndClosedBack(side, bar.Candle, bar.Ema13) || TouchedAndClosedBack(side, bar.Candle, bar.Ema21);

    internal static int Bases(ActionPricePattern pattern)
    {
        var bases = 0;
        for (var k = 0; k < ActionPricePattern.BaseBars; k++)
        {
            var bar = pattern.Before[k];
            if (pattern.Side.Beyond(bar.Candle.Close, bar.Ema13) > 0
                && pattern.Side.Beyond(pattern.Side.Adverse(bar.Candle), bar.Ema21) > 0
                && bar.Candle.Range < 0.5 * bar.Atr)
            {
                bases++;
            }
        }

        return bases;
    }

    private static bool TouchedAndClosedBack(Side side, in Candle bar, double ema) =>
        side.Beyond(side.Adverse(bar), ema) <= 0 && side.Beyond(bar.Close, ema) > 0;

    private static ScorePart ClosePosition(Side side, in ActionPriceBar c)
    {
        var close = c.Candle.Close;
        var beyondAll = side.Beyond(close, c.Ema5) > 0 && side.Beyond(close, c.Ema9) > 0
            && side.Beyond(close, c.Ema13) > 0 && side.Beyond(close, c.Ema21) > 0;
        if (beyondAll) return new("close_position", 1, "beyond EMA 5, 9, 13 and 21");
        return side.Beyond(close, c.Ema21) < 0
            ? new("close_position", -1, "on the wrong side of EMA21")
            : new("close_position", 0, "inside the fan");
    }

    private static ScorePart Fan(Side side, in ActionPriceBar c)
    {
        var order = FanOrder(side, c);
        var spread = Math.Abs(c.Ema5 - c.Ema21) / c.Atr;
        var points = order > 0 && spread >= 0.10 ? 1 : order < 0 ? -1 : 0;
        var word = order > 0 ? "ordered" : order < 0 ? "opposite" : "mixed";
        return new("ema_fan", points, $"{word}, spread {spread:0.00} ATR");
    }

    private static ScorePart Colour(Side side, in ActionPriceBar c, double depth)
    {
        var with = side.Beyond(c.Candle.Close, c.Candle.Open) > 0;
        return new("confirm_color", with ? 1 : depth < 0.30 ? -1 : 0, with ? "with the direction" : "not with the direction");
    }

    private static ScorePart Retest(ActionPricePattern pattern)
    {
        for (var k = 0; k < ActionPricePattern.RetestBars; k++)
        {
            if (Retested(pattern.Side, pattern.Before[k])) return new("retest_tag", 1, $"{k + 1} bars before the confirmation");
        }

        return new("retest_tag", 0, "no touch of EMA13 or EMA21");
    }
}
