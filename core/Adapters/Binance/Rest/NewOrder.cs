using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>A market or limit order to place.</summary>
/// <param name="Symbol">Of what.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Type">Market or limit.</param>
/// <param name="Quantity">Base units, on the step.</param>
/// <param name="ClientId">Ours; the exchange holds it unique among open orders only.</param>
public sealed record NewOrder(Symbol Symbol, OrderSide Side, OrderType Type, decimal Quantity, string ClientId)
{
    /// <summary>Quote units, on the tick; limit orders have to have it.</summary>
    public decimal? Price { get; init; }

    /// <summary>Limit orders only.</summary>
    public TimeInForce TimeInForce { get; init; } = TimeInForce.Gtc;

    public PositionSide PositionSide { get; init; }

    /// <summary>It may only make the position smaller; not in hedge mode.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>For <see cref="TimeInForce.Gtd"/>: more than 600 s ahead, UTC, Unix milliseconds.</summary>
    public long? GoodTillMs { get; init; }

    /// <exception cref="InvalidOperationException">Parts contradict each other: a fault of this program.</exception>
    internal RequestForm ToForm()
    {
        if (Quantity <= 0) throw new InvalidOperationException($"Quantity was {Quantity}; it has to be above 0");
        if ((Type == OrderType.Limit) != (Price > 0)) throw new InvalidOperationException($"A {Type} order has price {Price}");
        if (ReduceOnly && PositionSide != PositionSide.Both) throw new InvalidOperationException("ReduceOnly is not allowed in hedge mode");
        if ((TimeInForce == TimeInForce.Gtd) != (GoodTillMs is not null)) throw new InvalidOperationException("GoodTillMs belongs to Gtd, and Gtd to it");
        return new RequestForm()
            .Add("symbol", Symbol.Name)
            .Add("side", WireName.Of(Side))
            .Add("positionSide", PositionSide == PositionSide.Both ? null : WireName.Of(PositionSide))
            .Add("type", WireName.Of(Type))
            .Add("timeInForce", Type == OrderType.Limit ? WireName.Of(TimeInForce) : null)
            .Add("quantity", Quantity)
            .Add("price", Price)
            .Add("reduceOnly", ReduceOnly ? true : null)
            .Add("newClientOrderId", Rest.ClientId.Check(ClientId))
            .Add("goodTillDate", GoodTillMs)
            .Add("newOrderRespType", "RESULT");
    }
}
