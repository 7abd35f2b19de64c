using System.Text.RegularExpressions;
using FuturesBot.Simulator.Market;
using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Trading;

/// <summary>
/// The exchange's filters. Each gives the first refusal that applies, or null and the number in ticks or steps.
/// </summary>
internal static partial class OrderRules
{
    /// <summary>Longest life that a date may give an order: the last second of the year 9999.</summary>
    private const long GoodTillEndMs = 253_402_300_799_000;

    private const long GoodTillSoonestMs = 600_000;

    /// <summary>Client ids of orders and conditional orders.</summary>
    public static Refusal? ClientId(string? id) =>
        id is null || ClientIdForm().IsMatch(id) ? null : Refusals.WrongClientId;

    /// <summary>GTD needs a date more than ten minutes ahead; the others must have none.</summary>
    public static Refusal? GoodTill(TimeInForce timeInForce, long goodTillMs, long nowMs)
    {
        if (timeInForce != TimeInForce.Gtd)
            return goodTillMs == 0 ? null : Refusals.NotRequired("goodTillDate");
        if (goodTillMs == 0) return Refusal.Missing("goodTillDate");
        return goodTillMs > nowMs + GoodTillSoonestMs && goodTillMs < GoodTillEndMs
            ? null
            : Refusals.GoodTillTooSoon;
    }

    /// <summary>PRICE_FILTER.</summary>
    public static Refusal? Price(MarketSymbol symbol, decimal price, out long ticks)
    {
        ticks = 0;
        if (price <= 0) return Refusals.PriceNotAboveZero;
        if (price.Scale > symbol.PriceDecimals && Decimals(price) > symbol.PriceDecimals)
            return Refusals.PrecisionTooFine;
        if (price > symbol.MaxPrice) return Refusals.PriceAboveMax;
        if (price < symbol.MinPrice) return Refusals.PriceBelowMin;
        return symbol.TryTicks(price, out ticks) ? null : Refusals.PriceOffTick;
    }

    /// <summary>PRICE_FILTER of a trigger price.</summary>
    public static Refusal? TriggerPrice(MarketSymbol symbol, decimal price)
    {
        if (price <= 0) return Refusals.StopPriceNotAboveZero;
        if (Decimals(price) > symbol.PriceDecimals) return Refusals.PrecisionTooFine;
        if (price > symbol.MaxPrice) return Refusals.StopPriceAboveMax;
        if (price < symbol.MinPrice) return Refusals.PriceBelowMin;
        return symbol.TryTicks(price, out _) ? null : Refusals.PriceOffTick;
    }

    /// <summary>PERCENT_PRICE: a buy's price has a cap, a sell's a floor.</summary>
    public static Refusal? PercentPrice(MarketSymbol symbol, OrderSide side, decimal price, decimal mark)
    {
        var (cap, floor) = (mark * symbol.MultiplierUp, mark * symbol.MultiplierDown);
        if (side == OrderSide.Buy && price > cap)
            return Refusals.PriceAboveCap(Math.Round(cap, symbol.PriceDecimals));
        if (side == OrderSide.Sell && price < floor)
            return Refusals.PriceBelowFloor(Math.Round(floor, symbol.PriceDecimals));
        return null;
    }

    /// <summary>PERCENT_PRICE of a conditional order's limit, around its trigger.</summary>
    public static Refusal? PercentTrigger(MarketSymbol symbol, OrderSide side, decimal price, decimal trigger)
    {
        var (cap, floor) = (trigger * symbol.MultiplierUp, trigger * symbol.MultiplierDown);
        if (side == OrderSide.Buy && price > cap)
            return Refusals.PriceAboveTriggerCap(Math.Round(cap, symbol.PriceDecimals));
        if (side == OrderSide.Sell && price < floor)
            return Refusals.PriceBelowTriggerFloor(Math.Round(floor, symbol.PriceDecimals));
        return null;
    }

    /// <summary>LOT_SIZE, or MARKET_LOT_SIZE of orders that take at any price.</summary>
    public static Refusal? Quantity(MarketSymbol symbol, decimal quantity, bool isMarket, out long steps)
    {
        steps = 0;
        if (quantity <= 0) return Refusals.QuantityNotAboveZero;
        if (Decimals(quantity) > symbol.QuantityDecimals) return Refusals.PrecisionTooFine;
        if (quantity < symbol.MinQuantity) return Refusals.QuantityBelowMin;
        if (quantity > (isMarket ? symbol.MaxMarketQuantity : symbol.MaxQuantity))
            return Refusals.QuantityAboveMax;
        return symbol.TrySteps(quantity, out steps) ? null : Refusals.QuantityOffStep;
    }

    /// <summary>MIN_NOTIONAL; orders that only reduce are exempt.</summary>
    public static Refusal? Notional(MarketSymbol symbol, decimal price, decimal quantity, bool reduceOnly) =>
        reduceOnly || price * quantity >= symbol.MinNotional
            ? null
            : Refusals.NotionalTooSmall(symbol.MinNotional);

    private static int Decimals(decimal value)
    {
        // Dividing by 1 with 28 zeros drops trailing zeros, so the scale is what the number needs.
        var bare = value / 1.0000000000000000000000000000m;
        return bare.Scale;
    }

    [GeneratedRegex(@"^[\.A-Z\:/a-z0-9_-]{1,36}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClientIdForm();
}
