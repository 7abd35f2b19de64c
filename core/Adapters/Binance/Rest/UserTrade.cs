using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>A fill of ours.</summary>
/// <param name="Symbol">Of what.</param>
/// <param name="Id">The trade's.</param>
/// <param name="OrderId">The order's.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="PositionSide">Of which position.</param>
/// <param name="Price">Quote units.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="QuoteQuantity">Quote units.</param>
/// <param name="RealizedPnl">Quote units, without the fee.</param>
/// <param name="Fee">In <paramref name="FeeAsset"/>; negative is a rebate.</param>
/// <param name="FeeAsset">Such as <c>USDT</c> or <c>BNB</c>.</param>
/// <param name="IsMaker">We rested.</param>
/// <param name="TimeMs">UTC, Unix milliseconds.</param>
public sealed record UserTrade(
    Symbol Symbol, long Id, long OrderId, OrderSide Side, PositionSide PositionSide, decimal Price, decimal Quantity,
    decimal QuoteQuantity, decimal RealizedPnl, decimal Fee, string FeeAsset, bool IsMaker, long TimeMs);
