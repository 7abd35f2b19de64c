namespace FuturesBot.Simulator.Wire;

/// <summary>What a stream tells.</summary>
public enum StreamKind
{
    BookTicker,
    Depth,
    PartialDepth,
    RpiDepth,
    Trade,
    AggTrade,
    Kline,
    ContinuousKline,
    MarkPrice,
    Ticker,
    MiniTicker,
    ForceOrder,
    AllBookTickers,
    AllMarkPrices,
    AllTickers,
    AllMiniTickers,
    AllForceOrders,
    ContractInfo,
    AssetIndex,
    CompositeIndex,
    TradingSession,
}
