using FuturesBot.Simulator.Market;
using FuturesBot.Simulator.Trading;
using Xunit;

namespace FuturesBot.Simulator.Tests.Trading;

/// <summary>
/// An engine on a market that stands at 100: bids 99.9, 99.8 and 99.5, asks 100.1, 100.2 and 100.5, each with
/// 1, 2 and 5.
/// </summary>
internal sealed class Venue
{
    public Venue(TradingOptions? options = null, long triggerMs = 0)
    {
        foreach (var (ticks, steps) in new[] { (999L, 1_000L), (998, 2_000), (995, 5_000) })
            Market.BtcBook.Bids[ticks] = steps;
        foreach (var (ticks, steps) in new[] { (1_001L, 1_000L), (1_002, 2_000), (1_005, 5_000) })
            Market.BtcBook.Asks[ticks] = steps;
        Engine = new(Market, options ?? new(), Record, triggerMs: _ => triggerMs);
    }

    public FakeMarket Market { get; } = new();

    public FakeBook Book => Market.BtcBook;

    public TradingRecord Record { get; } = new();

    public TradingEngine Engine { get; }

    public SymbolDesk Btc => Engine.Desks[FakeMarket.Btc];

    /// <summary>Attributes hold no decimals.</summary>
    public static decimal Number(string text) => decimal.Parse(text);

    public static OrderRequest MarketOrder(
        OrderSide side, decimal quantity, string? id = "m", bool reduceOnly = false) => new()
        {
            Symbol = FakeMarket.Btc,
            Side = side,
            Type = OrderType.Market,
            Quantity = quantity,
            ClientId = id,
            ReduceOnly = reduceOnly,
        };

    public static OrderRequest LimitOrder(
        OrderSide side, decimal quantity, decimal price, string? id = "l", TimeInForce tif = TimeInForce.Gtc, bool reduceOnly = false) => new()
        {
            Symbol = FakeMarket.Btc,
            Side = side,
            Type = OrderType.Limit,
            Quantity = quantity,
            Price = price,
            TimeInForce = tif,
            ClientId = id,
            ReduceOnly = reduceOnly,
        };

    /// <summary>A stop at the market that closes the position.</summary>
    public static AlgoRequest CloseStop(
        OrderSide side, decimal trigger, string? id = "s", WorkingType type = WorkingType.MarkPrice) => new()
        {
            Symbol = FakeMarket.Btc,
            Side = side,
            Type = OrderType.StopMarket,
            TriggerPrice = trigger,
            ClosePosition = true,
            ClientId = id,
            WorkingType = type,
        };

    /// <summary>Must be accepted.</summary>
    public Order Place(OrderRequest request)
    {
        Assert.True(Engine.Place(request).Accepted(out var order, out var refusal), refusal?.ToString());
        return order;
    }

    /// <summary>Must be accepted.</summary>
    public AlgoOrder Place(AlgoRequest request)
    {
        Assert.True(Engine.Place(request).Accepted(out var order, out var refusal), refusal?.ToString());
        return order;
    }

    /// <summary>Code of the refusal; 0 when it was accepted.</summary>
    public int CodeOf(OrderRequest request) => Engine.Place(request).Refusal?.Code ?? 0;

    /// <summary>Code of the refusal; 0 when it was accepted.</summary>
    public int CodeOf(AlgoRequest request) => Engine.Place(request).Refusal?.Code ?? 0;

    /// <summary>A public trade; the background is left as it was.</summary>
    public void Trade(decimal price, decimal quantity, bool buyerIsMaker)
    {
        Btc.Symbol.TryTicks(price, out var ticks);
        Btc.Symbol.TrySteps(quantity, out var steps);
        Market.SetLast(FakeMarket.Btc, ticks);
        Engine.OnTrade(FakeMarket.Btc, new MarketTrade(1, Market.NowMs, ticks, steps, buyerIsMaker));
    }

    public void Mark(decimal price)
    {
        Market.SetMark(FakeMarket.Btc, price);
        Engine.OnMarkPrice(FakeMarket.Btc, price);
    }

    /// <summary>Replaces the background and tells it.</summary>
    public void Quote((long Ticks, long Steps)[] bids, (long Ticks, long Steps)[] asks)
    {
        Book.Bids.Clear();
        Book.Asks.Clear();
        foreach (var (ticks, steps) in bids) Book.Bids[ticks] = steps;
        foreach (var (ticks, steps) in asks) Book.Asks[ticks] = steps;
        Engine.OnQuote(FakeMarket.Btc, Book.BackgroundBid, Book.BackgroundAsk);
    }

    public void Pass(long milliseconds)
    {
        Market.NowMs += milliseconds;
        Engine.OnTime();
    }
}
