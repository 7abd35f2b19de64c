using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>The first close beyond a confirmed swing since that swing was known.</summary>
/// <param name="BarAgo">The breaking bar, in bars before now.</param>
/// <param name="Level">The broken swing: a high for <see cref="Side.Long"/>.</param>
internal readonly record struct LevelBreak(int BarAgo, Swing Level)
{
    /// <summary>The latest break within the look-back whose swing is the highest (lowest) of its window.</summary>
    public static bool TryFind(Side side, MarketView view, BreakAndRetestOptions options, out LevelBreak found)
    {
        var bars = view.M15.Bars;
        var swings = side == Side.Long ? view.SwingsM15.Highs : view.SwingsM15.Lows;
        var now = view.SwingsM15.LastIndex;
        var margin = options.BreakAtr * view.M15.Now.Atr;
        found = new(int.MaxValue, default);
        for (var n = 0; n < swings.Count; n++)
        {
            ref readonly var swing = ref swings.Ago(n);
            var age = now - swing.BarIndex;
            if (age > 2 * options.LookBackBars || age >= bars.Count) break;
            var broken = FirstCloseBeyond(side, bars, swing, now, margin);
            if (broken < 1 || broken > options.LookBackBars || broken >= found.BarAgo) continue;
            if (now - broken - swing.BarIndex > options.LookBackBars) continue;
            if (!IsOutermost(side, swings, swing, now - broken, options.LookBackBars)) continue;
            found = new(broken, swing);
        }

        return found.BarAgo != int.MaxValue;
    }

    /// <summary>Bars before now of the first close beyond the swing by the margin; −1 when there is none.</summary>
    private static int FirstCloseBeyond(Side side, CandleSeries bars, in Swing swing, long now, double margin)
    {
        for (var ago = (int)(now - swing.KnownAtIndex) - 1; ago >= 0; ago--)
        {
            if (side.Beyond(bars.Ago(ago).Close, swing.Price) >= margin) return ago;
        }

        return -1;
    }

    /// <summary>No other swing known before the break, within the look-back, lies further out.</summary>
    private static bool IsOutermost(Side side, Ring<Swing> swings, in Swing swing, long breakIndex, int lookBack)
    {
        for (var n = 0; n < swings.Count; n++)
        {
            ref readonly var other = ref swings.Ago(n);
            if (breakIndex - other.BarIndex > lookBack) return true;
            if (other.KnownAtIndex <= breakIndex - 1 && side.Beyond(other.Price, swing.Price) > 0) return false;
        }

        return true;
    }
}
