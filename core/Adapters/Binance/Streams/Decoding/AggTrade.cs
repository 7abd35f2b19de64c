namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>Trades of one taker order at one price (<c>aggTrade</c>).</summary>
/// <param name="SymbolIndex">In the <see cref="SymbolTable"/>.</param>
/// <param name="EventMs">UTC, Unix milliseconds.</param>
/// <param name="TradeMs">UTC, Unix milliseconds.</param>
/// <param name="Id">Rises by one from trade to trade of a symbol.</param>
/// <param name="FirstTradeId">Of the single trades in it; −1 when not sent.</param>
/// <param name="LastTradeId">Of the single trades in it; −1 when not sent.</param>
/// <param name="Price">Units of 10⁻⁸ quote.</param>
/// <param name="Quantity">Units of 10⁻⁸ base.</param>
/// <param name="NormalQuantity">Without trades against RPI orders, units of 10⁻⁸ base; null when not sent.</param>
/// <param name="BuyerIsMaker">True when the taker sold.</param>
public readonly record struct AggTrade(
    int SymbolIndex, long EventMs, long TradeMs, long Id, long FirstTradeId, long LastTradeId,
    long Price, long Quantity, long? NormalQuantity, bool BuyerIsMaker);
