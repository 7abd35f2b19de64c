using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Risk;

/// <summary>How much to trade (spec 2.13): a stop costs the chosen share of equity, fees and slippage included.</summary>
public static class PositionSizing
{
    /// <summary>
    /// equity · risk / (|entry − stop| + cost per unit), capped by notional, leverage and the exchange's largest
    /// market order, floored to the step. Zero when that is less than the exchange takes.
    /// </summary>
    /// <param name="equity">Quote units.</param>
    /// <param name="costPerUnit">Expected round trip, quote units per unit of base: <see cref="Costs.RoundTrip"/>.</param>
    public static Quantity Size(
        RiskOptions options, SymbolRules rules, decimal equity, decimal entry, decimal stop, decimal costPerUnit)
    {
        var lossPerUnit = Math.Abs(entry - stop) + costPerUnit;
        if (lossPerUnit <= 0m || equity <= 0m || entry <= 0m) return Quantity.Zero;

        var notionalMax = equity * Math.Min(options.NotionalMaxShare, options.LeverageMax);
        var size = Math.Min(equity * options.RiskPerTrade / lossPerUnit, notionalMax / entry);
        var floored = rules.ToQuantity(Math.Min(size, rules.MaxMarketQuantity));
        return rules.Accepts(floored, new(entry)) ? floored : Quantity.Zero;
    }
}
