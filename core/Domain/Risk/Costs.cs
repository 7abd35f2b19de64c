using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Risk;

/// <summary>The cost model of spec 2.16 as functions.</summary>
public static class Costs
{
    /// <summary>One-minute ATR estimated from the ATR of a longer frame: ATR / √minutes.</summary>
    public static double Atr1m(double atr, TimeFrame frame) => atr / Math.Sqrt(frame.Minutes());

    /// <summary>
    /// Expected slippage of a market order, quote units: max(ticks, basis points, share of ATR1m). An
    /// unavailable (NaN) ATR leaves the other two.
    /// </summary>
    public static decimal Slippage(CostRates rates, SymbolRules rules, decimal price, double atr1m)
    {
        if (!rates.Enabled) return 0m;
        var slippage = Math.Max(rates.SlippageTicks * rules.TickSize, rates.SlippageFraction * price);
        return double.IsFinite(atr1m) ? Math.Max(slippage, (decimal)(rates.SlippageAtr1m * atr1m)) : slippage;
    }

    /// <summary>Expected slippage of a stop, quote units: twice that of a market order by default.</summary>
    public static decimal StopSlippage(CostRates rates, SymbolRules rules, decimal price, double atr1m) =>
        rates.StopSlippageFactor * Slippage(rates, rules, price, atr1m);

    /// <summary>Fee of an entry, fraction of notional.</summary>
    public static decimal EntryRate(CostRates rates, EntryType type) =>
        !rates.Enabled ? 0m : type == EntryType.Limit ? rates.Maker : rates.Taker;

    /// <summary>Fee of an order that takes, fraction of notional; 0 with costs off.</summary>
    public static decimal TakerRate(CostRates rates) => rates.Enabled ? rates.Taker : 0m;

    /// <summary>Fee of an order that rests, fraction of notional; 0 with costs off.</summary>
    public static decimal MakerRate(CostRates rates) => rates.Enabled ? rates.Maker : 0m;

    /// <summary>Entry fee plus the taker fee of the way out, quote units per unit of base.</summary>
    public static decimal RoundTripFees(CostRates rates, decimal price, EntryType type) =>
        price * (EntryRate(rates, type) + TakerRate(rates));

    /// <summary>
    /// What a round trip that ends at the stop is expected to cost, quote units per unit of base: both fees,
    /// slippage of a market entry, slippage of the stop.
    /// </summary>
    public static decimal RoundTrip(
        CostRates rates, SymbolRules rules, decimal price, EntryType type, double atr1m)
    {
        var entrySlippage = type == EntryType.Market ? Slippage(rates, rules, price, atr1m) : 0m;
        return RoundTripFees(rates, price, type) + entrySlippage + StopSlippage(rates, rules, price, atr1m);
    }

    /// <summary>The round trip in R; what the cost gate compares with 0.20 (spec 2.10).</summary>
    /// <exception cref="ArgumentException">Entry and stop are the same price.</exception>
    public static decimal RoundTripR(
        CostRates rates, SymbolRules rules, decimal entry, decimal stop, EntryType type, double atr1m)
    {
        var risk = Math.Abs(entry - stop);
        if (risk == 0m) throw new ArgumentException($"Entry and stop were both {entry}", nameof(stop));
        return RoundTrip(rates, rules, entry, type, atr1m) / risk;
    }
}
