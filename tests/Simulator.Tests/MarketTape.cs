using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Tests;

/// <summary>Writes down what a market tells.</summary>
internal sealed class MarketTape(MarketFeeds wants = MarketFeeds.None) : IMarketListener
{
    public List<(int Symbol, KlineInterval Interval, KlineRow Row)> Closed { get; } = [];

    public List<(int Symbol, KlineInterval Interval, KlineRow Row)> Running { get; } = [];

    public List<(int Symbol, MarketTrade Trade)> Trades { get; } = [];

    public List<(int Symbol, AggTrade Trade)> Aggregates { get; } = [];

    public List<(int Symbol, BookTicker Ticker)> Tickers { get; } = [];

    public List<(int Symbol, MarkPrice Mark)> Marks { get; } = [];

    public List<(int Symbol, FundingRate Payment)> Payments { get; } = [];

    public List<(int Symbol, MarketTapedDelta Delta)> Deltas { get; } = [];

    public List<string> Order { get; } = [];

    public Func<int, MarketFeeds> WantsOf { get; init; } = _ => wants;

    public Action<int, long, long>? Quoted { get; init; }

    public MarketFeeds Wants(int symbol) => WantsOf(symbol);

    public void OnTrade(int symbol, in MarketTrade trade)
    {
        Trades.Add((symbol, trade));
        Order.Add("trade");
    }

    public void OnAggTrade(int symbol, in AggTrade trade)
    {
        Aggregates.Add((symbol, trade));
        Order.Add("aggTrade");
    }

    public void OnQuote(int symbol, long bidTicks, long askTicks, long timeMs)
    {
        Order.Add("quote");
        Quoted?.Invoke(symbol, bidTicks, askTicks);
    }

    public void OnBookTicker(int symbol, in BookTicker ticker)
    {
        Tickers.Add((symbol, ticker));
        Order.Add("bookTicker");
    }

    public void OnDepth(int symbol, in DepthDelta delta)
    {
        Deltas.Add((symbol, new(delta)));
        Order.Add("depth");
    }

    public void OnKline(int symbol, KlineInterval interval, in KlineRow row, bool closed)
    {
        (closed ? Closed : Running).Add((symbol, interval, row));
        Order.Add(closed ? "closed" : "running");
    }

    public void OnMarkPrice(int symbol, in MarkPrice mark)
    {
        Marks.Add((symbol, mark));
        Order.Add("mark");
    }

    public void OnFunding(int symbol, in FundingRate funding)
    {
        Payments.Add((symbol, funding));
        Order.Add("funding");
    }
}
