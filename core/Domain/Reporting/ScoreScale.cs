namespace FuturesBot.Domain.Reporting;

/// <summary>
/// Action Price counts whole points from its own eleven components; all others share the score of spec 2.9.
/// Points of the two are never mixed in one bucket or one correlation.
/// </summary>
public static class ScoreScale
{
    public const string Core = "core";

    public const string ActionPrice = "action_price";

    private const string ActionPriceStrategy = "ActionPrice";

    // 3.0 is the entry threshold of the core score; the steps above it hold about equally many trades.
    private static readonly (double From, string Label)[] CoreBuckets =
    [
        (double.NegativeInfinity, "< 3.00"), (3.0, "3.00–3.49"), (3.5, "3.50–3.99"), (4.0, "4.00–4.49"),
        (4.5, "4.50–5.49"), (5.5, "≥ 5.50"),
    ];

    // 1–2 is the mode SCALP, from 3 on STANDARD.
    private static readonly (double From, string Label)[] ActionPriceBuckets =
    [
        (double.NegativeInfinity, "AP < 1"), (1, "AP 1–2"), (3, "AP 3–4"), (5, "AP 5–6"), (7, "AP ≥ 7"),
    ];

    public static string Of(string strategy) => strategy == ActionPriceStrategy ? ActionPrice : Core;

    /// <summary>
    /// The bucket's place in the order of all buckets, and its label; null without a score.
    /// </summary>
    public static (int Order, string Label)? Bucket(TradeRecord trade)
    {
        if (double.IsNaN(trade.Score)) return null;
        var own = Of(trade.Strategy) == ActionPrice;
        var buckets = own ? ActionPriceBuckets : CoreBuckets;
        var at = Array.FindLastIndex(buckets, b => trade.Score >= b.From);
        return (at + (own ? CoreBuckets.Length : 0), buckets[at].Label);
    }
}
