namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Trades of one taker at one price.</summary>
/// <param name="Id">Grows by one with each.</param>
/// <param name="Price">Units of 10⁻⁸ quote.</param>
/// <param name="Quantity">Units of 10⁻⁸ base.</param>
/// <param name="NormalQuantity">The part that was no retail-price-improvement order; −1 when not sent.</param>
/// <param name="FirstTradeId">Of those in it.</param>
/// <param name="LastTradeId">Of those in it.</param>
/// <param name="TimeMs">Market time, UTC, Unix milliseconds.</param>
/// <param name="BuyerIsMaker">True when the taker sold.</param>
public readonly record struct AggregateTrade(
    long Id, long Price, long Quantity, long NormalQuantity, long FirstTradeId, long LastTradeId, long TimeMs, bool BuyerIsMaker);
