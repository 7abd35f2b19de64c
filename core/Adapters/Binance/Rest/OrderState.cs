using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>An order as the exchange tells of it.</summary>
/// <param name="Symbol">Of what.</param>
/// <param name="OrderId">The exchange's.</param>
/// <param name="ClientId">Ours; the exchange's own begin with <c>autoclose-</c>, <c>adl_autoclose</c> or <c>settlement_autoclose-</c>.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="PositionSide">Of which position.</param>
/// <param name="Type">As sent: <c>LIMIT</c>, <c>MARKET</c>, <c>STOP_MARKET</c> …</param>
/// <param name="TimeInForce">As sent.</param>
/// <param name="Price">Quote units; 0 for market orders.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="ExecutedQuantity">Base units filled.</param>
/// <param name="AveragePrice">Of the fills; null when there are none, or when the answer does not tell: since 2026-07-15 those to placing and cancelling do not.</param>
/// <param name="ExecutedQuote">Quote units filled; null likewise.</param>
/// <param name="ReduceOnly">It may only make the position smaller.</param>
/// <param name="ClosePosition">It closes the whole position.</param>
/// <param name="TimeMs">When it was placed, UTC, Unix milliseconds; null when not sent.</param>
/// <param name="UpdateMs">When it last changed, UTC, Unix milliseconds.</param>
public sealed record OrderState(
    Symbol Symbol, long OrderId, string ClientId, OrderStatus Status, OrderSide Side, PositionSide PositionSide, string Type,
    string TimeInForce, decimal Price, decimal Quantity, decimal ExecutedQuantity, decimal? AveragePrice, decimal? ExecutedQuote,
    bool ReduceOnly, bool ClosePosition, long? TimeMs, long UpdateMs);
