using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Trading;

/// <summary>The simulated market as trading sees it.</summary>
internal sealed class MarketView(IMarket market) : ITradingMarket
{
    public long NowMs => market.NowMs;

    public IReadOnlyList<MarketSymbol> Symbols => market.Symbols;

    public decimal MarkPrice(int symbol) => market.MarkPrice(symbol).Mark;

    public long LastTicks(int symbol) => market.LastTicks(symbol);

    public IMarketBook Book(int symbol) => market.Book(symbol);
}
