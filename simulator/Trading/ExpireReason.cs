namespace FuturesBot.Simulator.Trading;

/// <summary>Why an order ended: <c>er</c> of ORDER_TRADE_UPDATE, the exchange's numbers.</summary>
internal enum ExpireReason
{
    None = 0,

    /// <summary>It would have traded with the account's own order.</summary>
    SelfTrade = 1,

    /// <summary>An IOC order's rest.</summary>
    ImmediateRest = 2,

    /// <summary>A reduce-only order that has nothing left to reduce.</summary>
    ReduceOnly = 4,

    /// <summary>A market order's rest: the book, or the band around the mark price, had no more.</summary>
    MarketRest = 9,
}
