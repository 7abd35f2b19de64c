using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Trading;

/// <summary>What trading sees of the market. All of it is used while the exchange's gate is held.</summary>
internal interface ITradingMarket
{
    /// <summary>Market time, UTC, Unix milliseconds; never goes back.</summary>
    long NowMs { get; }

    /// <summary>The contracts. Every other member takes a contract by its place in this list.</summary>
    IReadOnlyList<MarketSymbol> Symbols { get; }

    /// <summary>Quote units.</summary>
    decimal MarkPrice(int symbol);

    /// <summary>Price of the last trade; 0 before the first.</summary>
    long LastTicks(int symbol);

    IMarketBook Book(int symbol);

    /// <summary>Puts a fill of the account among the public trades.</summary>
    void Print(int symbol, long ticks, long steps, bool takerBuys);
}
