namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>What a market stream tells.</summary>
public enum StreamKind
{
    /// <summary>Changes of the order book.</summary>
    Depth,

    /// <summary>Best bid and ask.</summary>
    BookTicker,

    /// <summary>Trades, those of one taker order and price together.</summary>
    AggTrade,

    /// <summary>The candle in progress, and once more when it has closed.</summary>
    Kline,

    /// <summary>Mark price, index price and funding rate.</summary>
    MarkPrice,
}
