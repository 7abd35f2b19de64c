using FuturesBot.Simulator.Market;
using FuturesBot.Simulator.Trading;
using Xunit;
using static FuturesBot.Simulator.Tests.Trading.Venue;

namespace FuturesBot.Simulator.Tests.Trading;

/// <summary>What the account trades is public, and everything public agrees on it.</summary>
public sealed class OwnTradesTests
{
    [Fact]
    public void Fills_ThatTheMarketHasNotTold_ArePrintedWithTheirTaker()
    {
        var venue = new Venue();

        venue.Place(MarketOrder(OrderSide.Buy, 1.5m));                          // takes two levels
        venue.Place(LimitOrder(OrderSide.Sell, 1m, 100.3m, "beyond"));
        venue.Trade(100.4m, 0.1m, buyerIsMaker: false);                         // a buyer passes it
        venue.Place(LimitOrder(OrderSide.Buy, 0.5m, 99.95m - 0.05m, "joined"));  // behind 1 at 99.9
        venue.Trade(99.9m, 1.5m, buyerIsMaker: true);                           // the public trade is the fill
        venue.Place(LimitOrder(OrderSide.Buy, 0.2m, 99.7m, "crossed"));
        venue.Quote([(990, 1_000)], [(997, 200)]);

        Assert.Equal(
            [(1_001, 1_000, true), (1_002, 500, true), (1_003, 1_000, true), (997, 200, false)],
            venue.Market.Prints);
        Assert.Equal(5, venue.Record.Fills.Count);
    }

    [Fact]
    public void Print_OfAMarketOrder_IsInTradesAggregatesCandlesAndTicker()
    {
        var desk = new TradingDesk();
        var market = desk.Market;
        desk.Pass(10_000);
        var (before, lastId) = (market.Klines(0, KlineInterval.M1, null, null, 1)[0], market.Trades(0, null, 1)[0].Id);

        desk.TradeAtMarket("BUY", 0.05m);

        var fill = Assert.Single(desk.Engine.Archive.Fills);
        var trade = Assert.Single(market.Trades(0, lastId + 1, 1_000));
        var aggregate = market.AggTrades(0, null, null, null, 1)[0];
        var after = market.Klines(0, KlineInterval.M1, null, null, 1)[0];
        Assert.Equal((fill.Price, fill.Quantity, false), (Price(market, trade.Ticks), market.Symbols[0].Quantity(trade.Steps), trade.BuyerIsMaker));
        Assert.Equal((trade.Id, trade.Ticks, trade.Steps), (aggregate.LastTradeId, aggregate.Ticks, aggregate.Steps));
        Assert.Equal(
            (before.Volume + trade.Steps, before.Trades + 1, before.TakerBuyVolume + trade.Steps, trade.Ticks, trade.Id),
            (after.Volume, after.Trades, after.TakerBuyVolume, after.Close, after.LastTradeId));
        Assert.Equal((trade.Ticks, trade.Id), (market.LastTicks(0), market.Ticker24h(0).LastTradeId));
    }

    [Fact]
    public void Prints_AmongManyMinutes_StillAddUpToTheCandlesAndAreToldAsAsked()
    {
        var desk = new TradingDesk();
        var (market, told) = (desk.Market, new Told());
        var startMs = market.NowMs;
        for (var i = 0; i < 40; i++)
        {
            desk.TradeAtMarket(i % 3 == 0 ? "SELL" : "BUY", 0.02m);
            if (i == 20) market.MoveTo((market.NowMs / 60_000 + 1) * 60_000, told);   // exactly between two minutes
            else market.MoveTo(market.NowMs + 4_700, told);
        }

        market.MoveTo((market.NowMs / 60_000 + 1) * 60_000, told);

        var aggregates = market.AggTrades(0, null, startMs, null, 1_000).ToList();
        while (aggregates[^1].TimeMs < market.NowMs - 60_000 || market.AggTrades(0, aggregates[^1].Id + 1, null, null, 1_000).Count > 0)
        {
            var next = market.AggTrades(0, aggregates[^1].Id + 1, null, null, 1_000);
            if (next.Count == 0) break;
            aggregates.AddRange(next);
        }

        Assert.Equal(aggregates, told.Aggregates);
        for (var i = 1; i < aggregates.Count; i++)
        {
            Assert.Equal((aggregates[i - 1].Id + 1, aggregates[i - 1].LastTradeId + 1), (aggregates[i].Id, aggregates[i].FirstTradeId));
            Assert.True(aggregates[i].TimeMs >= aggregates[i - 1].TimeMs, $"{aggregates[i]} came after {aggregates[i - 1]}");
        }

        foreach (var candle in market.Klines(0, KlineInterval.M1, startMs, market.NowMs - 1, 1_000))
        {
            var trades = aggregates.Where(trade => trade.TimeMs >= candle.OpenMs && trade.TimeMs <= candle.CloseMs).ToList();
            Assert.Equal(
                (candle.Open, candle.High, candle.Low, candle.Close, candle.Volume, candle.FirstTradeId, candle.LastTradeId, candle.Trades),
                (trades[0].Ticks, trades.Max(trade => trade.Ticks), trades.Min(trade => trade.Ticks), trades[^1].Ticks, trades.Sum(trade => trade.Steps),
                    trades[0].FirstTradeId, trades[^1].LastTradeId, trades.Sum(trade => trade.LastTradeId - trade.FirstTradeId + 1)));
            Assert.Equal(candle.TakerBuyVolume, trades.Where(trade => !trade.BuyerIsMaker).Sum(trade => trade.Steps));
            Assert.Contains(candle, told.Closed);
        }

        var fills = desk.Engine.Archive.Fills;
        Assert.Equal(40, fills.Count(fill => aggregates.Any(trade =>
            Price(market, trade.Ticks) == fill.Price && market.Symbols[0].Quantity(trade.Steps) == fill.Quantity && Math.Abs(trade.TimeMs - fill.TimeMs) <= 100)));
    }

    [Fact]
    public void Prints_OfOneAccount_LeaveTheMarketsOwnTradesMarksAndOtherSymbolsAsTheyWere()
    {
        var (traded, quiet) = (new TradingDesk(), new TradingDesk());
        for (var i = 0; i < 20; i++)
        {
            traded.TradeAtMarket("BUY", 0.01m);
            traded.Pass(7_300);
            quiet.Pass(7_300);
            Assert.Equal(quiet.Market.MarkPrice(0).Mark, traded.Market.MarkPrice(0).Mark);
        }

        Assert.Equal(quiet.Market.Klines(1, KlineInterval.M1, null, null, 10), traded.Market.Klines(1, KlineInterval.M1, null, null, 10));
        Assert.Equal(
            quiet.Market.MarkPriceKlines(0, KlineInterval.M1, null, null, 2).Select(row => row.Close),
            traded.Market.MarkPriceKlines(0, KlineInterval.M1, null, null, 2).Select(row => row.Close));
        var own = traded.Engine.Archive.Fills.Sum(fill => fill.Quantity);
        Assert.Equal(
            own, traded.Market.Symbols[0].Quantity(Volume(traded.Market) - Volume(quiet.Market)));

        static long Volume(MarketEngine market) => market.Klines(0, KlineInterval.M1, null, null, 4).Sum(row => row.Volume);
    }

    [Fact]
    public void Print_BeyondATrigger_SetsOffAStopOnTheLastPrice()
    {
        var venue = new Venue();
        venue.Place(MarketOrder(OrderSide.Buy, 1m));
        var stop = venue.Place(CloseStop(OrderSide.Sell, 99m, type: WorkingType.ContractPrice));

        venue.Engine.OnTrade(FakeMarket.Btc, new MarketTrade(1, venue.Market.NowMs, 989, 1, BuyerIsMaker: true, IsOwn: true));

        Assert.Equal(AlgoStatus.Finished, stop.Status);
    }

    [Fact]
    public void Print_AtTheAccountsOwnOrder_DoesNotFillIt()
    {
        var venue = new Venue();
        var resting = venue.Place(LimitOrder(OrderSide.Buy, 1m, 99m));

        venue.Engine.OnTrade(FakeMarket.Btc, new MarketTrade(1, venue.Market.NowMs, 980, 1_000, BuyerIsMaker: true, IsOwn: true));

        Assert.Equal(OrderStatus.New, resting.Status);
    }

    private static decimal Price(MarketEngine market, long ticks) => market.Symbols[0].Price(ticks);

    private sealed class Told : IMarketListener
    {
        public List<AggTrade> Aggregates { get; } = [];

        public List<KlineRow> Closed { get; } = [];

        public MarketFeeds Wants(int symbol) => symbol == 0 ? MarketFeeds.AggTrades | MarketFeeds.Trades : MarketFeeds.None;

        public void OnTrade(int symbol, in MarketTrade trade)
        {
        }

        public void OnAggTrade(int symbol, in AggTrade trade) => Aggregates.Add(trade);

        public void OnQuote(int symbol, long bidTicks, long askTicks, long timeMs)
        {
        }

        public void OnBookTicker(int symbol, in BookTicker ticker)
        {
        }

        public void OnDepth(int symbol, in DepthDelta delta)
        {
        }

        public void OnKline(int symbol, KlineInterval interval, in KlineRow row, bool closed)
        {
            if (symbol == 0 && interval == KlineInterval.M1 && closed) Closed.Add(row);
        }

        public void OnMarkPrice(int symbol, in MarkPrice mark)
        {
        }

        public void OnFunding(int symbol, in FundingRate funding)
        {
        }
    }
}
