namespace FuturesBot.Simulator.Market;

/// <summary>What a listener wants to hear of a symbol. Closed candles and funding are always told.</summary>
[Flags]
public enum MarketFeeds
{
    None = 0,
    Trades = 1,
    AggTrades = 2,

    /// <summary>Depth deltas.</summary>
    Depth = 4,

    /// <summary>Best levels, and <see cref="IMarketListener.OnQuote"/>.</summary>
    BookTicker = 8,

    /// <summary>Candles that have not closed yet.</summary>
    RunningKlines = 16,
    MarkPrice = 32,
    All = 63,
}
