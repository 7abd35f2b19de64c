using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>An order after a change, as the user stream tells it. What was not sent is null.</summary>
/// <param name="Symbol">Of what (<c>s</c>).</param>
/// <param name="OrderId">The exchange's (<c>i</c>).</param>
/// <param name="ClientId">Ours (<c>c</c>); the exchange's own begin with <c>autoclose-</c>, <c>adl_autoclose</c> or <c>settlement_autoclose-</c>.</param>
/// <param name="Execution">What happened, as sent (<c>x</c>): <c>NEW</c>, <c>TRADE</c>, <c>CANCELED</c>, <c>EXPIRED</c>, <c>CALCULATED</c>, <c>AMENDMENT</c> …</param>
/// <param name="Status">Where it stands (<c>X</c>).</param>
/// <param name="Side">Buy or sell (<c>S</c>).</param>
/// <param name="PositionSide">Of which position (<c>ps</c>).</param>
/// <param name="Type">As sent (<c>o</c>).</param>
/// <param name="OriginalType">What it was placed as (<c>ot</c>): a triggered stop is a <c>MARKET</c> order by now.</param>
/// <param name="TimeInForce">As sent (<c>f</c>).</param>
/// <param name="Quantity">Base units (<c>q</c>).</param>
/// <param name="Price">Quote units, 0 for market orders (<c>p</c>).</param>
/// <param name="TriggerPrice">Quote units (<c>sp</c>).</param>
/// <param name="AveragePrice">Of all fills, quote units, 0 without fills (<c>ap</c>).</param>
/// <param name="FilledQuantity">Of all fills, base units (<c>z</c>).</param>
/// <param name="LastPrice">Of this fill (<c>L</c>).</param>
/// <param name="LastQuantity">Of this fill, base units (<c>l</c>).</param>
/// <param name="Commission">Of this fill (<c>n</c>).</param>
/// <param name="CommissionAsset">What it is paid in (<c>N</c>).</param>
/// <param name="TradeId">Of this fill, 0 when it is none (<c>t</c>).</param>
/// <param name="TradeMs">UTC, Unix milliseconds (<c>T</c>).</param>
/// <param name="RealizedProfit">Of this fill, quote units (<c>rp</c>).</param>
/// <param name="IsMaker">Of this fill (<c>m</c>).</param>
/// <param name="ReduceOnly">It may only make the position smaller (<c>R</c>).</param>
/// <param name="ClosePosition">It closes the whole position (<c>cp</c>).</param>
/// <param name="ExpiryReason">As sent (<c>er</c>).</param>
public sealed record OrderUpdate(
    Symbol Symbol, long OrderId, string ClientId, string Execution, OrderStatus Status, OrderSide Side, PositionSide PositionSide,
    string Type, string OriginalType, string TimeInForce, decimal Quantity, decimal Price, decimal? TriggerPrice,
    decimal? AveragePrice, decimal FilledQuantity, decimal? LastPrice, decimal? LastQuantity, decimal? Commission,
    string CommissionAsset, long TradeId, long TradeMs, decimal? RealizedProfit, bool? IsMaker, bool? ReduceOnly,
    bool? ClosePosition, string ExpiryReason);
