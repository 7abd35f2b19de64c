namespace FuturesBot.Domain.Risk;

/// <summary>The gates before an entry (spec 2.10). What is not known is not judged.</summary>
public static class EntryGates
{
    /// <summary>Null, or why the round trip costs too much.</summary>
    public static Refusal? Cost(RiskOptions options, decimal roundTripR) =>
        roundTripR > options.CostMaxR ? Refusal.CostTooHigh : null;

    /// <summary>Null, or why the spread is too wide: above both its share of the price and its share of R.</summary>
    /// <param name="spread">Best ask − best bid, quote units; null = no book.</param>
    public static Refusal? Spread(RiskOptions options, decimal? spread, decimal entry, decimal risk) =>
        spread > options.SpreadMaxFraction * entry && spread > options.SpreadMaxR * risk
            ? Refusal.SpreadTooWide
            : null;

    /// <summary>Null, or why liquidation lies too near: less than 2 ATR beyond the stop.</summary>
    /// <param name="liquidation">Liquidation price; null = not traded on an account.</param>
    public static Refusal? Liquidation(
        RiskOptions options, Market.Side side, decimal stop, decimal? liquidation, double atr) =>
        liquidation is { } price && (int)side * (stop - price) < (decimal)(options.LiquidationMinAtr * atr)
            ? Refusal.LiquidationTooNear
            : null;

    /// <summary>Null, or why funding until the time stop costs too much; off while the limit is 0.</summary>
    public static Refusal? Funding(RiskOptions options, decimal predictedR) =>
        options.FundingMaxR > 0m && predictedR > options.FundingMaxR ? Refusal.FundingTooHigh : null;
}
