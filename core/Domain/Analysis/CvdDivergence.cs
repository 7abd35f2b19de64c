using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>
/// Price makes a higher high at two confirmed swings, the volume delta a lower one: buyers tire (spec 2.2).
/// Mirrored at lows. The last two swings at most 20 bars apart are compared.
/// </summary>
public static class CvdDivergence
{
    /// <summary>Bars between the two swings, at most.</summary>
    public const int ApartMax = 20;

    /// <summary>
    /// A divergence that speaks for the side: short from two highs, long from two lows. Null: the bars
    /// between the swings are not kept or lack taker volume.
    /// </summary>
    /// <param name="bars">The bars that <paramref name="swings"/> was updated with.</param>
    /// <param name="swings">Confirmed swings of the same frame.</param>
    /// <param name="side">Long: lower low of price, higher low of CVD.</param>
    public static bool? Of(CandleSeries bars, SwingDetector swings, Side side)
    {
        var ends = side == Side.Short ? swings.Highs : swings.Lows;
        if (ends.Count < 2) return false;
        ref readonly var later = ref ends.Ago(0);
        ref readonly var earlier = ref ends.Ago(1);
        if (later.BarIndex - earlier.BarIndex > ApartMax) return false;
        if (side.Beyond(earlier.Price, later.Price) <= 0) return false;   // no new extreme of price

        // CVD from one swing to the other; a level would mean nothing, and starts anew at midnight.
        var between = CvdFlow.Delta(
            bars, (int)(swings.LastIndex - earlier.BarIndex) - 1, (int)(swings.LastIndex - later.BarIndex));
        return double.IsNaN(between) ? null : side.Sign() * between > 0;
    }
}
