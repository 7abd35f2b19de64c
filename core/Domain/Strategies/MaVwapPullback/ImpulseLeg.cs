using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>The move that is being retraced: from <paramref name="From"/> to <paramref name="To"/>.</summary>
/// <param name="From">Price where the leg began: a low for <see cref="Side.Long"/>.</param>
/// <param name="To">Price where it ended.</param>
/// <param name="TimeMs">Open time of the bar it ended at: the leg's identity.</param>
internal readonly record struct ImpulseLeg(double From, double To, long TimeMs)
{
    public static bool TryFind(Side side, MarketView view, bool fiftyBarRange, out ImpulseLeg leg) =>
        fiftyBarRange ? TryRange(side, view.H4.Bars, out leg) : TrySwings(side, view.SwingsH4, out leg);

    /// <summary>The last known swing high and the last known swing low before it (mirrored for shorts).</summary>
    private static bool TrySwings(Side side, SwingDetector swings, out ImpulseLeg leg)
    {
        var ends = side == Side.Long ? swings.Highs : swings.Lows;
        var starts = side == Side.Long ? swings.Lows : swings.Highs;
        leg = default;
        if (!Swings.TryLastKnown(ends, swings.LastIndex - 1, out var end)) return false;
        for (var n = 0; n < starts.Count; n++)
        {
            ref readonly var start = ref starts.Ago(n);
            if (start.BarIndex >= end.BarIndex || start.KnownAtIndex > swings.LastIndex - 1) continue;
            leg = new(start.Price, end.Price, end.TimeMs);
            return side.Beyond(leg.To, leg.From) > 0;
        }

        return false;
    }

    private static bool TryRange(Side side, CandleSeries bars, out ImpulseLeg leg)
    {
        const int range = 50;
        leg = default;
        if (bars.Count < range) return false;
        ref readonly var last = ref bars.Last;
        leg = new(side.Adverse(last), side.Favourable(last), last.OpenTimeMs);
        for (var ago = 1; ago < range; ago++)
        {
            ref readonly var bar = ref bars.Ago(ago);
            if (side.Beyond(side.Adverse(bar), leg.From) < 0) leg = leg with { From = side.Adverse(bar) };
            if (side.Beyond(side.Favourable(bar), leg.To) > 0) leg = leg with { To = side.Favourable(bar), TimeMs = bar.OpenTimeMs };
        }

        return true;
    }
}
