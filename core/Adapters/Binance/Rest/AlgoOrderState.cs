using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>A conditional order as the exchange tells of it.</summary>
/// <param name="Symbol">Of what.</param>
/// <param name="AlgoId">The exchange's.</param>
/// <param name="ClientId">Ours.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="PositionSide">Of which position.</param>
/// <param name="Type">As sent: <c>STOP_MARKET</c> …</param>
/// <param name="TimeInForce">As sent.</param>
/// <param name="TriggerPrice">Quote units; null for trailing stops.</param>
/// <param name="Quantity">Base units; null when it closes the position.</param>
/// <param name="Price">Limit price; null for market ones.</param>
/// <param name="Trigger">As sent: <c>MARK_PRICE</c> or <c>CONTRACT_PRICE</c>.</param>
/// <param name="ClosePosition">It closes the whole position.</param>
/// <param name="ReduceOnly">It may only make the position smaller.</param>
/// <param name="PriceProtect">It is not triggered while the prices are too far apart.</param>
/// <param name="OrderId">Of the order that it became when it triggered; null before.</param>
/// <param name="FillPrice">Average price of that order; null when there is none.</param>
/// <param name="CreateMs">UTC, Unix milliseconds.</param>
/// <param name="UpdateMs">UTC, Unix milliseconds.</param>
/// <param name="TriggerMs">When it triggered; null before.</param>
public sealed record AlgoOrderState(
    Symbol Symbol, long AlgoId, string ClientId, AlgoOrderStatus Status, OrderSide Side, PositionSide PositionSide, string Type,
    string TimeInForce, decimal? TriggerPrice, decimal? Quantity, decimal? Price, string Trigger, bool ClosePosition, bool ReduceOnly,
    bool PriceProtect, long? OrderId, decimal? FillPrice, long CreateMs, long UpdateMs, long? TriggerMs);
