namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>What a message is about, by the exchange's name for it (<c>e</c>).</summary>
public enum StreamEventKind
{
    /// <summary>A name that is not among those below, or none.</summary>
    Unknown,

    /// <summary><c>depthUpdate</c>.</summary>
    Depth,

    /// <summary><c>aggTrade</c>.</summary>
    AggTrade,

    /// <summary><c>kline</c>.</summary>
    Kline,

    /// <summary><c>bookTicker</c>.</summary>
    BookTicker,

    /// <summary><c>markPriceUpdate</c>.</summary>
    MarkPrice,

    /// <summary><c>trade</c>: single trades, which we do not follow.</summary>
    Trade,

    /// <summary><c>forceOrder</c>: a liquidation.</summary>
    ForceOrder,

    /// <summary>A depth event of a stream other than <c>@depth</c>: the best levels only, or with RPI orders.</summary>
    OtherDepth,

    /// <summary><c>ORDER_TRADE_UPDATE</c>, private.</summary>
    OrderTradeUpdate,

    /// <summary><c>TRADE_LITE</c>, private.</summary>
    TradeLite,

    /// <summary><c>ACCOUNT_UPDATE</c>, private.</summary>
    AccountUpdate,

    /// <summary><c>ACCOUNT_CONFIG_UPDATE</c>, private.</summary>
    AccountConfigUpdate,

    /// <summary><c>ALGO_UPDATE</c>, private.</summary>
    AlgoUpdate,

    /// <summary><c>CONDITIONAL_ORDER_TRIGGER_REJECT</c>, private.</summary>
    ConditionalOrderTriggerReject,

    /// <summary><c>MARGIN_CALL</c>, private.</summary>
    MarginCall,

    /// <summary><c>listenKeyExpired</c>, private.</summary>
    ListenKeyExpired,
}
