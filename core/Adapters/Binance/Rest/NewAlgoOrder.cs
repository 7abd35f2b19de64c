using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>A conditional order to place (spec 3.7).</summary>
/// <param name="Symbol">Of what.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Type">Stop, take profit or trailing stop.</param>
/// <param name="ClientId">Ours (<c>clientAlgoId</c>).</param>
/// <param name="Trigger">Which price triggers it. The exchange's own default is the contract price.</param>
/// <param name="PriceProtect">Not triggered while mark price and contract price are too far apart: decided, never by default.</param>
public sealed record NewAlgoOrder(
    Symbol Symbol, OrderSide Side, AlgoOrderType Type, string ClientId, TriggerPriceKind Trigger, bool PriceProtect)
{
    /// <summary>Quote units, on the tick; all but trailing stops have to have it.</summary>
    public decimal? TriggerPrice { get; init; }

    /// <summary>Base units, on the step; none with <see cref="ClosePosition"/>.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Limit price of <see cref="AlgoOrderType.Stop"/> and <see cref="AlgoOrderType.TakeProfit"/>.</summary>
    public decimal? Price { get; init; }

    public TimeInForce? TimeInForce { get; init; }

    public PositionSide PositionSide { get; init; }

    /// <summary>Closes the whole position, whatever its size then; excludes quantity and reduce-only.</summary>
    public bool ClosePosition { get; init; }

    public bool ReduceOnly { get; init; }

    /// <summary>Trailing stops: price from which it trails.</summary>
    public decimal? ActivatePrice { get; init; }

    /// <summary>Trailing stops: distance in percent, 0.1–20.</summary>
    public decimal? CallbackPercent { get; init; }

    public long? GoodTillMs { get; init; }

    /// <exception cref="InvalidOperationException">Parts contradict each other: a fault of this program.</exception>
    internal RequestForm ToForm()
    {
        var trailing = Type == AlgoOrderType.TrailingStopMarket;
        if (ClosePosition == (Quantity > 0)) throw new InvalidOperationException("Either ClosePosition or a quantity above 0 is needed, and not both");
        if (ClosePosition && ReduceOnly) throw new InvalidOperationException("ClosePosition excludes ReduceOnly");
        if (ReduceOnly && PositionSide != PositionSide.Both) throw new InvalidOperationException("ReduceOnly is not allowed in hedge mode");
        if (trailing == (TriggerPrice > 0)) throw new InvalidOperationException($"A {Type} order has trigger price {TriggerPrice}");
        if (trailing != (CallbackPercent is >= 0.1m and <= 20m)) throw new InvalidOperationException($"A {Type} order has callback {CallbackPercent} %");
        if ((Type is AlgoOrderType.Stop or AlgoOrderType.TakeProfit) != (Price > 0)) throw new InvalidOperationException($"A {Type} order has price {Price}");
        return new RequestForm()
            .Add("algoType", "CONDITIONAL")
            .Add("symbol", Symbol.Name)
            .Add("side", WireName.Of(Side))
            .Add("positionSide", PositionSide == PositionSide.Both ? null : WireName.Of(PositionSide))
            .Add("type", WireName.Of(Type))
            .Add("timeInForce", TimeInForce is { } force ? WireName.Of(force) : null)
            .Add("quantity", Quantity)
            .Add("price", Price)
            .Add("triggerPrice", TriggerPrice)
            .Add("activatePrice", ActivatePrice)
            .Add("callbackRate", CallbackPercent)
            .Add("workingType", WireName.Of(Trigger))
            .Add("priceProtect", PriceProtect ? "TRUE" : "FALSE")
            .Add("closePosition", ClosePosition ? true : null)
            .Add("reduceOnly", ReduceOnly ? true : null)
            .Add("clientAlgoId", Rest.ClientId.Check(ClientId))
            .Add("goodTillDate", GoodTillMs)
            .Add("newOrderRespType", "RESULT");
    }
}
