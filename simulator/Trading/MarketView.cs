using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Trading;

/// <summary>The simulated market as trading sees it.</summary>
internal sealed class MarketView(IMarket market) : ITradingMarket
{
    /// <inheritdoc/>
    /// <remarks>While the market moves, the time of what it tells.</remarks>
    public long NowMs { get; private set; } = market.NowMs;

    public IReadOnlyList<MarketSymbol> Symbols => market.Symbols;

    public decimal MarkPrice(int symbol) => market.MarkPrice(symbol).Mark;

    public long LastTicks(int symbol) => market.LastTicks(symbol);

    public IMarketBook Book(int symbol) => market.Book(symbol);

    public void Print(int symbol, long ticks, long steps, bool takerBuys) => market.Print(symbol, ticks, steps, takerBuys);

    /// <returns>False when it was that late already.</returns>
    public bool Reach(long timeMs)
    {
        if (timeMs <= NowMs) return false;
        NowMs = timeMs;
        return true;
    }
}
