using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain.Scoring;

/// <summary>A trigger with its score, ready to be compared with the others of its closing time.</summary>
/// <param name="Priority">Place of the strategy in the catalog; smaller first.</param>
/// <param name="StopAnchor">The farthest anchor of the strategies that agree; NaN: none.</param>
/// <param name="Agreeing">Independent strategies that agree, this one included.</param>
/// <param name="Confidence">Calibrated probability of a model, 0–1; NaN while there is no model.</param>
public sealed record RankedSetup(
    Symbol Symbol,
    Setup Setup,
    Score Score,
    int Priority,
    double StopAnchor,
    int Agreeing,
    double Confidence = double.NaN)
{
    /// <summary>Core strategies before Action Price; then score, confidence, strategy, symbol, side, mode: never a tie.</summary>
    public static int Compare(RankedSetup left, RankedSetup right)
    {
        var order = left.Setup.ScoresItself.CompareTo(right.Setup.ScoresItself);
        if (order == 0) order = right.Score.Total.CompareTo(left.Score.Total);
        if (order == 0) order = Known(right.Confidence).CompareTo(Known(left.Confidence));
        if (order == 0) order = left.Priority.CompareTo(right.Priority);
        if (order == 0) order = left.Symbol.CompareTo(right.Symbol);
        if (order == 0) order = left.Setup.Kind.Side.CompareTo(right.Setup.Kind.Side);
        return order != 0 ? order : string.CompareOrdinal(left.Setup.Kind.Mode, right.Setup.Kind.Mode);
    }

    private static double Known(double confidence) => double.IsNaN(confidence) ? -1 : confidence;
}
