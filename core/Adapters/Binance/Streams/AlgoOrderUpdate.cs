using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>A conditional order after a change, as the user stream tells it. What was not sent is null.</summary>
/// <param name="Symbol">Of what (<c>s</c>).</param>
/// <param name="AlgoId">The exchange's (<c>aid</c>).</param>
/// <param name="ClientId">Ours (<c>caid</c>).</param>
/// <param name="Status">Where it stands (<c>X</c>).</param>
/// <param name="Side">Buy or sell (<c>S</c>).</param>
/// <param name="PositionSide">Of which position (<c>ps</c>).</param>
/// <param name="Type">As sent (<c>o</c>): <c>STOP_MARKET</c> …</param>
/// <param name="TimeInForce">As sent (<c>f</c>).</param>
/// <param name="OrderId">Of the order that it became when it triggered; null before (<c>ai</c>, which may be an empty text).</param>
/// <param name="TriggerPrice">Quote units (<c>tp</c>).</param>
/// <param name="Quantity">Base units (<c>q</c>).</param>
/// <param name="Price">Limit price, quote units (<c>p</c>).</param>
/// <param name="FillPrice">Average of the order that it became (<c>ap</c>).</param>
/// <param name="FilledQuantity">Of the order that it became, base units (<c>aq</c>).</param>
/// <param name="Trigger">As sent (<c>wt</c>): <c>MARK_PRICE</c> or <c>CONTRACT_PRICE</c>.</param>
/// <param name="ReduceOnly">It may only make the position smaller (<c>R</c>).</param>
/// <param name="ClosePosition">It closes the whole position (<c>cp</c>).</param>
/// <param name="TriggerMs">When it triggered; null before (<c>tt</c>).</param>
/// <param name="IsActivation">A trailing stop has become active (<c>ia</c>, since August 2026).</param>
/// <param name="RejectReason">As sent (<c>rm</c>); empty when there is none.</param>
public sealed record AlgoOrderUpdate(
    Symbol Symbol, long AlgoId, string ClientId, AlgoOrderStatus Status, OrderSide Side, PositionSide PositionSide, string Type,
    string TimeInForce, long? OrderId, decimal? TriggerPrice, decimal? Quantity, decimal? Price, decimal? FillPrice,
    decimal? FilledQuantity, string Trigger, bool? ReduceOnly, bool? ClosePosition, long? TriggerMs, bool? IsActivation,
    string RejectReason);
