using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Trading;

/// <summary>Tells the engine what the market does.</summary>
internal sealed class TradingFeed(TradingEngine engine, MarketView view) : IMarketListener
{
    public MarketFeeds Wants(int symbol) => engine.Wants(symbol);

    public void OnTrade(int symbol, in MarketTrade trade)
    {
        Reach(trade.TimeMs);
        engine.OnTrade(symbol, trade);
    }

    public void OnAggTrade(int symbol, in AggTrade trade)
    {
        // Single trades say the same.
    }

    public void OnQuote(int symbol, long bidTicks, long askTicks, long timeMs)
    {
        Reach(timeMs);
        engine.OnQuote(symbol, bidTicks, askTicks);
    }

    public void OnBookTicker(int symbol, in BookTicker ticker)
    {
        // OnQuote came before it.
    }

    public void OnDepth(int symbol, in DepthDelta delta)
    {
        // The book itself is asked when it matters.
    }

    public void OnKline(int symbol, KlineInterval interval, in KlineRow row, bool closed)
    {
        if (closed) Reach(row.CloseMs + 1);
    }

    public void OnMarkPrice(int symbol, in MarkPrice mark)
    {
        Reach(mark.TimeMs);
        engine.OnMarkPrice(symbol, mark.Mark);
    }

    public void OnFunding(int symbol, in FundingRate funding)
    {
        Reach(funding.TimeMs);
        engine.OnFunding(symbol, funding);
    }

    private void Reach(long timeMs)
    {
        if (view.Reach(timeMs)) engine.OnTime();
    }
}
