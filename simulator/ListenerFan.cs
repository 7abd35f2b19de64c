using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator;

/// <summary>Tells the market's events to several, in order: trading before the streams, so that these show what it did.</summary>
internal sealed class ListenerFan(IReadOnlyList<IMarketListener> listeners) : IMarketListener
{
    public MarketFeeds Wants(int symbol)
    {
        var feeds = MarketFeeds.None;
        foreach (var listener in listeners) feeds |= listener.Wants(symbol);
        return feeds;
    }

    public void OnTrade(int symbol, in MarketTrade trade)
    {
        foreach (var listener in listeners) listener.OnTrade(symbol, trade);
    }

    public void OnAggTrade(int symbol, in AggTrade trade)
    {
        foreach (var listener in listeners) listener.OnAggTrade(symbol, trade);
    }

    public void OnQuote(int symbol, long bidTicks, long askTicks, long timeMs)
    {
        foreach (var listener in listeners) listener.OnQuote(symbol, bidTicks, askTicks, timeMs);
    }

    public void OnBookTicker(int symbol, in BookTicker ticker)
    {
        foreach (var listener in listeners) listener.OnBookTicker(symbol, ticker);
    }

    public void OnDepth(int symbol, in DepthDelta delta)
    {
        foreach (var listener in listeners) listener.OnDepth(symbol, delta);
    }

    public void OnKline(int symbol, KlineInterval interval, in KlineRow row, bool closed)
    {
        foreach (var listener in listeners) listener.OnKline(symbol, interval, row, closed);
    }

    public void OnMarkPrice(int symbol, in MarkPrice mark)
    {
        foreach (var listener in listeners) listener.OnMarkPrice(symbol, mark);
    }

    public void OnFunding(int symbol, in FundingRate funding)
    {
        foreach (var listener in listeners) listener.OnFunding(symbol, funding);
    }
}
