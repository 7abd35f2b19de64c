using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>A bar that ran the stops behind a swing: the low of a swing low for <see cref="Side.Long"/>.</summary>
/// <param name="BarAgo">The sweep bar, in bars before now.</param>
/// <param name="Level">The swept swing.</param>
/// <param name="Extreme">The sweep bar's low (high).</param>
internal readonly record struct Sweep(int BarAgo, Swing Level, double Extreme)
{
    /// <summary>The latest sweep within the allowed bars.</summary>
    /// <param name="side">Long looks below swing lows, short above swing highs.</param>
    /// <param name="view">The market.</param>
    /// <param name="options">Depth, age and reach.</param>
    /// <param name="stillExtreme">Refuse a sweep whose extreme a bar between it and now has passed.</param>
    /// <param name="fromAgo">The bar to begin with, 1 or more bars before now.</param>
    /// <param name="sweep">The sweep, when there is one.</param>
    public static bool TryFind(
        Side side, MarketView view, LiquiditySweepOptions options, bool stillExtreme, int fromAgo, out Sweep sweep)
    {
        var bars = view.M15.Bars;
        var atr = view.M15.Now.Atr;
        var worst = double.PositiveInfinity * side.Sign();   // of the bars between; the present one may go further
        for (var ago = fromAgo; ago <= options.SweepBars && ago < bars.Count; ago++)
        {
            var extreme = side.Adverse(bars.Ago(ago));
            var passed = side.Beyond(worst, extreme) < 0;
            if (!(stillExtreme && passed) && TrySwept(side, view, ago, extreme, atr, options, out var swing))
            {
                sweep = new(ago, swing, extreme);
                return true;
            }

            if (passed is false) worst = extreme;
        }

        sweep = default;
        return false;
    }

    /// <summary>
    /// Finds the most recent swing, confirmed and unbroken before the bar, that the bar's extreme sweeps.
    /// </summary>
    private static bool TrySwept(
        Side side, MarketView view, int ago, double extreme, double atr, LiquiditySweepOptions options, out Swing swept)
    {
        var bars = view.M15.Bars;
        var swings = side == Side.Long ? view.SwingsM15.Lows : view.SwingsM15.Highs;
        var now = view.SwingsM15.LastIndex;
        var bar = now - ago;
        var scanned = bar;            // bars from here up to the sweep have been asked whether they broke the swing
        var held = double.PositiveInfinity * side.Sign();
        swept = default;
        for (var n = 0; n < swings.Count; n++)
        {
            ref readonly var swing = ref swings.Ago(n);
            var age = bar - swing.BarIndex;
            if (age > options.SwingAgeMax || now - swing.BarIndex >= bars.Count) return false;
            while (scanned > swing.BarIndex + 1)
            {
                scanned--;
                var adverse = side.Adverse(bars.Ago((int)(now - scanned)));
                if (side.Beyond(adverse, held) < 0) held = adverse;
            }

            // An unbroken swing lies beyond all bars since; a bar that does not pass them sweeps none.
            if (side.Beyond(extreme, held) >= 0) return false;
            var unbroken = side.Beyond(held, swing.Price) >= 0;
            if (swing.KnownAtIndex > bar - 1 || age < options.SwingAgeMin || !unbroken) continue;
            swept = swing;
            return DepthFits(side.Beyond(swing.Price, extreme), swing.Price, atr, options);
        }

        return false;
    }

    private static bool DepthFits(double depth, double price, double atr, LiquiditySweepOptions options)
    {
        var least = Math.Min(options.DepthMinAtr * atr, options.DepthMinFraction * price);
        var most = Math.Min(
            options.DepthCapAtr * atr,
            Math.Max(options.DepthMaxAtr * atr, options.DepthMaxFraction * price));
        return depth >= least && depth <= most;
    }
}
