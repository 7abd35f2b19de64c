using FuturesBot.Simulator.Trading;
using Xunit;
using static FuturesBot.Simulator.Tests.Trading.Venue;

namespace FuturesBot.Simulator.Tests.Trading;

public sealed class MatchingTests
{
    [Fact]
    public void Market_LargerThanTheBestLevel_FillsLevelByLevel()
    {
        var venue = new Venue();

        var order = venue.Place(MarketOrder(OrderSide.Buy, 2.5m));

        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.Equal([(100.1m, 1m), (100.2m, 1.5m)], venue.Record.Fills.Select(fill => (fill.Price, fill.Quantity)));
        Assert.Equal((100.1m + (1.5m * 100.2m)) / 2.5m, order.AveragePrice);
        Assert.Equal(500, venue.Book.Asks[1_002]);
        Assert.Equal(2.5m, venue.Btc.Position.Amount);
    }

    [Fact]
    public void Market_BookRunsOutWithinTheBand_ExpiresTheRest()
    {
        var venue = new Venue();
        venue.Book.Asks[1_051] = 100_000;   // beyond mark 100 + 5 %

        var order = venue.Place(MarketOrder(OrderSide.Buy, 9m));

        Assert.Equal(OrderStatus.Expired, order.Status);
        Assert.Equal(8m, order.Executed);
        Assert.Equal("m Expired Expired MarketRest", venue.Record.Lines[^1]);
    }

    [Fact]
    public void Market_BestPriceBeyondTheBand_IsRefused()
    {
        var venue = new Venue();
        venue.Market.SetMark(FakeMarket.Btc, 94m);

        Assert.Equal(-4131, venue.CodeOf(MarketOrder(OrderSide.Buy, 1m)));
        Assert.Equal(0, venue.CodeOf(MarketOrder(OrderSide.Sell, 1m)));
    }

    [Fact]
    public void Limit_Crossing_TakesAndRests()
    {
        var venue = new Venue();

        var order = venue.Place(LimitOrder(OrderSide.Buy, 2m, 100.1m));

        Assert.Equal(OrderStatus.PartiallyFilled, order.Status);
        Assert.Equal(1m, order.Executed);
        Assert.False(venue.Record.Fills[0].IsMaker);
        Assert.Equal(1_000, venue.Book.Own[(Domain.Market.Side.Long, 1_001)]);
    }

    [Fact]
    public void Ioc_Crossing_ExpiresTheRest()
    {
        var venue = new Venue();

        var order = venue.Place(LimitOrder(OrderSide.Buy, 2m, 100.1m, tif: TimeInForce.Ioc));

        Assert.Equal((OrderStatus.Expired, 1m), (order.Status, order.Executed));
        Assert.Equal(["l New New", "l Trade 1.000@100.1 PartiallyFilled", "l Expired Expired ImmediateRest"], venue.Record.Lines);
        Assert.Empty(venue.Book.Own);
    }

    [Fact]
    public void Fok_NotAllThere_IsRefusedAndTakesNothing()
    {
        var venue = new Venue();

        Assert.Equal(-5021, venue.CodeOf(LimitOrder(OrderSide.Buy, 3.001m, 100.2m, tif: TimeInForce.Fok)));
        Assert.Equal(1_000, venue.Book.Asks[1_001]);
        Assert.Empty(venue.Engine.Archive.Orders);
        Assert.Equal(OrderStatus.Filled, venue.Place(LimitOrder(OrderSide.Buy, 3m, 100.2m, tif: TimeInForce.Fok)).Status);
    }

    [Theory]
    [InlineData(1, "100.1", -5022)]
    [InlineData(1, "100.0", 0)]
    [InlineData(-1, "99.9", -5022)]
    [InlineData(-1, "100.0", 0)]
    public void Gtx_AtTheOtherSide_IsRefused(int side, string price, int code) =>
        Assert.Equal(code, new Venue().CodeOf(LimitOrder((OrderSide)side, 1m, Number(price), tif: TimeInForce.Gtx)));

    [Fact]
    public void Gtx_AtAnOwnOrder_IsRefused()
    {
        var venue = new Venue();
        venue.Place(LimitOrder(OrderSide.Buy, 1m, 100m, "a"));

        Assert.Equal(-5022, venue.CodeOf(LimitOrder(OrderSide.Sell, 1m, 100m, "b", TimeInForce.Gtx)));
    }

    [Fact]
    public void Resting_TradeAtItsPrice_FillsOnlyBehindWhatStoodThere()
    {
        var venue = new Venue();
        var order = venue.Place(LimitOrder(OrderSide.Buy, 1m, 99.8m));   // behind 2 that are shown

        venue.Trade(99.8m, 1.5m, buyerIsMaker: true);
        Assert.Equal(0m, order.Executed);
        venue.Trade(99.8m, 1.2m, buyerIsMaker: true);   // 0.5 are still ahead
        Assert.Equal(0.7m, order.Executed);
        venue.Trade(99.8m, 5m, buyerIsMaker: true);

        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.All(venue.Record.Fills, fill => Assert.True(fill.IsMaker && fill.Price == 99.8m));
        Assert.Empty(venue.Book.Own);
    }

    [Fact]
    public void Resting_TradeBeyondItsPrice_FillsWhollyAtItsPrice()
    {
        var venue = new Venue();
        var order = venue.Place(LimitOrder(OrderSide.Buy, 1m, 99.8m));

        venue.Trade(99.7m, 0.001m, buyerIsMaker: true);

        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.Equal(99.8m, Assert.Single(venue.Record.Fills).Price);
    }

    [Fact]
    public void Resting_TradeOfTheOtherDirection_DoesNotFill()
    {
        var venue = new Venue();
        var order = venue.Place(LimitOrder(OrderSide.Buy, 1m, 100m));

        venue.Trade(100m, 9m, buyerIsMaker: false);

        Assert.Equal(0m, order.Executed);
    }

    [Fact]
    public void Resting_TwoAtOnePrice_FillInOrderOfTime()
    {
        var venue = new Venue();
        var first = venue.Place(LimitOrder(OrderSide.Buy, 1m, 100m, "a"));
        var second = venue.Place(LimitOrder(OrderSide.Buy, 1m, 100m, "b"));

        venue.Trade(100m, 1.5m, buyerIsMaker: true);

        Assert.Equal((1m, 0.5m), (first.Executed, second.Executed));
    }

    [Fact]
    public void Resting_QueueAheadIsCancelled_MovesUp()
    {
        var venue = new Venue();
        var order = venue.Place(LimitOrder(OrderSide.Buy, 1m, 99.9m));   // behind 1

        venue.Quote([(999, 200)], [(1_001, 1_000)]);
        venue.Trade(99.9m, 0.5m, buyerIsMaker: true);

        Assert.Equal(0.3m, order.Executed);
    }

    [Fact]
    public void Resting_PriceOutsideTheShownBook_QueuesWhenItIsFirstTheBest()
    {
        var venue = new Venue();
        var order = venue.Place(LimitOrder(OrderSide.Buy, 1m, 99m));   // nothing is shown there yet

        venue.Quote([(990, 4_000)], [(991, 1_000)]);
        venue.Trade(99m, 3m, buyerIsMaker: true);
        Assert.Equal(0m, order.Executed);
        venue.Trade(99m, 1.5m, buyerIsMaker: true);

        Assert.Equal(0.5m, order.Executed);
    }

    [Fact]
    public void Resting_BackgroundCrossesIt_FillsAtItsPriceAsFarAsThereIsQuantity()
    {
        var venue = new Venue();
        var order = venue.Place(LimitOrder(OrderSide.Sell, 3m, 100m));

        venue.Quote([(1_003, 1_000), (1_001, 500), (999, 9_000)], [(1_004, 1_000)]);

        Assert.Equal(1.5m, order.Executed);
        Assert.Equal(100m, Assert.Single(venue.Record.Fills).Price);
        Assert.Equal([999L], venue.Book.Bids.Keys);
    }

    [Theory]
    [InlineData(SelfTradePrevention.ExpireMaker, OrderStatus.ExpiredInMatch, OrderStatus.New)]
    [InlineData(SelfTradePrevention.ExpireTaker, OrderStatus.New, OrderStatus.ExpiredInMatch)]
    [InlineData(SelfTradePrevention.ExpireBoth, OrderStatus.ExpiredInMatch, OrderStatus.ExpiredInMatch)]
    internal void SelfTrade_OwnOrderInTheWay_EndsAsTheIncomingSays(
        SelfTradePrevention mode, OrderStatus maker, OrderStatus taker)
    {
        var venue = new Venue();
        var resting = venue.Place(LimitOrder(OrderSide.Buy, 1m, 100m, "a"));

        var incoming = venue.Place(LimitOrder(OrderSide.Sell, 1m, 100m, "b") with { SelfTrade = mode });

        Assert.Equal((maker, taker), (resting.Status, incoming.Status));
        Assert.Empty(venue.Record.Fills);
    }

    [Fact]
    public void Gtd_DatePasses_Expires()
    {
        var venue = new Venue();
        var until = venue.Market.NowMs + 601_000;
        var order = venue.Place(LimitOrder(OrderSide.Buy, 1m, 99m, tif: TimeInForce.Gtd) with { GoodTillMs = until });

        venue.Pass(600_999);
        Assert.True(order.IsOpen);
        venue.Pass(1);

        Assert.Equal(OrderStatus.Expired, order.Status);
        Assert.Empty(venue.Book.Own);
    }

    [Fact]
    public void Waits_OfWhatIsOver_AreForgotten()
    {
        var venue = new Venue();
        var until = venue.Market.NowMs + 900_000_000;
        for (var i = 0; i < 10; i++)
        {
            venue.Engine.Cancel(venue.Place(LimitOrder(OrderSide.Buy, 1m, 99m, tif: TimeInForce.Gtd) with { GoodTillMs = until }));
            venue.Engine.Cancel(venue.Place(CloseStop(OrderSide.Sell, 90m) with { TimeInForce = TimeInForce.Gtd, GoodTillMs = until }));
            venue.Engine.Countdown(venue.Btc, 900_000);
        }

        Assert.Equal(1, venue.Engine.Waiting);
    }

    [Fact]
    public void Countdown_NotRenewed_CancelsOrdersButNotStops()
    {
        var venue = new Venue();
        var order = venue.Place(LimitOrder(OrderSide.Buy, 1m, 99m));
        var stop = venue.Place(CloseStop(OrderSide.Sell, 90m));

        venue.Engine.Countdown(venue.Btc, 1_000);
        venue.Pass(500);
        venue.Engine.Countdown(venue.Btc, 1_000);
        venue.Pass(999);
        Assert.True(order.IsOpen);
        venue.Pass(1);

        Assert.Equal((OrderStatus.Canceled, AlgoStatus.New), (order.Status, stop.Status));
    }

    [Fact]
    public void Countdown_Zero_DisarmsIt()
    {
        var venue = new Venue();
        var order = venue.Place(LimitOrder(OrderSide.Buy, 1m, 99m));

        venue.Engine.Countdown(venue.Btc, 1_000);
        venue.Engine.Countdown(venue.Btc, 0);
        venue.Pass(5_000);

        Assert.True(order.IsOpen);
    }

    [Theory]
    [InlineData(PriceMatch.Queue, 1, "99.9")]
    [InlineData(PriceMatch.Opponent, 1, "100.1")]
    [InlineData(PriceMatch.Queue, -1, "100.1")]
    internal void PriceMatch_LevelOfTheBook_IsThePrice(PriceMatch match, int side, string price)
    {
        var venue = new Venue();

        var order = venue.Place(LimitOrder((OrderSide)side, 1m, 0m) with { PriceMatch = match });

        Assert.Equal(Number(price), order.Price);
    }

    [Fact]
    public void PriceMatch_NoSuchLevel_IsRefused() =>
        Assert.Equal(-5041, new Venue().CodeOf(LimitOrder(OrderSide.Buy, 1m, 0m) with { PriceMatch = PriceMatch.Queue5 }));

    [Fact]
    public void Amend_SmallerSize_KeepsItsPlaceInTheQueue()
    {
        var venue = new Venue();
        var order = venue.Place(LimitOrder(OrderSide.Buy, 1m, 99.9m));
        venue.Trade(99.9m, 0.9m, buyerIsMaker: true);   // 0.1 ahead

        Assert.Null(venue.Engine.Amend(order, OrderSide.Buy, 99.9m, 0.5m, PriceMatch.None).Refusal);
        venue.Trade(99.9m, 0.3m, buyerIsMaker: true);

        Assert.Equal(0.2m, order.Executed);
        Assert.Contains("l Amendment New", venue.Record.Lines);
    }

    [Fact]
    public void Amend_OtherPrice_QueuesAnewAndMayTake()
    {
        var venue = new Venue();
        var order = venue.Place(LimitOrder(OrderSide.Buy, 1.5m, 99.9m));

        Assert.Null(venue.Engine.Amend(order, OrderSide.Buy, 100.1m, 1.5m, PriceMatch.None).Refusal);

        Assert.Equal((1m, 100.1m), (order.Executed, order.Price));
        Assert.Equal([(Domain.Market.Side.Long, 1_001L)], venue.Book.Own.Keys);
    }

    [Fact]
    public void Amend_SameValues_IsRefused()
    {
        var venue = new Venue();
        var order = venue.Place(LimitOrder(OrderSide.Buy, 1m, 99.9m));

        Assert.Equal(-5027, venue.Engine.Amend(order, OrderSide.Buy, 99.9m, 1m, PriceMatch.None).Refusal?.Code);
    }

    [Fact]
    public void Amend_NoMoreThanFilled_CancelsIt()
    {
        var venue = new Venue();
        var order = venue.Place(LimitOrder(OrderSide.Buy, 2m, 100.1m));   // fills 1

        Assert.Null(venue.Engine.Amend(order, OrderSide.Buy, 100.1m, 1m, PriceMatch.None).Refusal);

        Assert.Equal(OrderStatus.Canceled, order.Status);
    }

    [Fact]
    public void Amend_MoreThanTheMarginAllows_LeavesItAsItWas()
    {
        var venue = new Venue(new() { StartBalance = 10m, StartLeverage = 1 });
        var order = venue.Place(LimitOrder(OrderSide.Buy, 0.1m, 99.9m));

        Assert.Equal(-2019, venue.Engine.Amend(order, OrderSide.Buy, 99.9m, 0.2m, PriceMatch.None).Refusal?.Code);

        Assert.Equal(0.1m, order.Quantity);
        Assert.Equal(100, venue.Book.Own[(Domain.Market.Side.Long, 999)]);
    }

    [Fact]
    public void Orders_AcrossSymbols_HaveGrowingIds()
    {
        var venue = new Venue();

        var first = venue.Place(LimitOrder(OrderSide.Buy, 1m, 99m, id: null));
        var second = venue.Place(LimitOrder(OrderSide.Buy, 1m, 49m, id: null) with { Symbol = FakeMarket.Eth });

        Assert.True(second.Id > first.Id);
        Assert.NotEqual(first.ClientId, second.ClientId);
    }
}
