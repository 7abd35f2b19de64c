namespace FuturesBot.Domain.Analysis;

/// <summary>
/// What candles cannot tell: readings from the order book, open interest and funding, as recorded at the
/// decision. NaN means unavailable, never zero: a book out of step, a source that does not have it.
/// </summary>
/// <param name="DepthImbalance">Signed imbalance −1…+1, bids positive (spec 2.4).</param>
/// <param name="DepthImbalanceMedian">Median of the 1 s samples of the last 20 s.</param>
/// <param name="OpenInterestChange">Change over one strategy bar, as a fraction (0.01 = 1 %).</param>
/// <param name="OpenInterestChangeRank">Percentile of that change among the last 200, 0–100.</param>
/// <param name="FundingZ">z-score of the funding rate over 30 days of settlements.</param>
/// <param name="SpreadFraction">(ask − bid) / mid.</param>
public readonly record struct MarketContext(
    double DepthImbalance,
    double DepthImbalanceMedian,
    double OpenInterestChange,
    double OpenInterestChangeRank,
    double FundingZ,
    double SpreadFraction)
{
    /// <summary>Nothing is known: a run over kline files.</summary>
    public static MarketContext Unavailable { get; } =
        new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
}
