using FuturesBot.Simulator.Trading;
using Xunit;
using static FuturesBot.Simulator.Tests.Trading.Venue;

namespace FuturesBot.Simulator.Tests.Trading;

public sealed class AlgoOrderTests
{
    private readonly Venue _venue = new();

    [Fact]
    public void CloseStop_MarkReachesIt_ClosesThePositionUnderANewId()
    {
        _venue.Place(MarketOrder(OrderSide.Buy, 1.5m));
        var stop = _venue.Place(CloseStop(OrderSide.Sell, 99m));
        _venue.Record.Lines.Clear();

        _venue.Mark(99.1m);
        Assert.Equal(AlgoStatus.New, stop.Status);
        _venue.Mark(99m);

        Assert.Equal(
            ["s algo Triggering", "s algo Triggered", "s New New", "s Trade 1.000@99.9 PartiallyFilled", "s Trade 0.500@99.8 Filled", "s algo Finished"],
            _venue.Record.Lines);
        Assert.Equal(0m, _venue.Btc.Position.Amount);
        Assert.NotEqual(stop.Id, stop.Actual?.Id);
        Assert.Equal((OrderType.Market, OrderType.StopMarket), (stop.Actual?.Type, stop.Actual?.OriginalType));
    }

    [Fact]
    public void ContractPrice_OnlyTradesTriggerIt()
    {
        _venue.Place(MarketOrder(OrderSide.Buy, 1m));
        var stop = _venue.Place(CloseStop(OrderSide.Sell, 99m, type: WorkingType.ContractPrice));

        _venue.Mark(98m);
        Assert.Equal(AlgoStatus.New, stop.Status);
        _venue.Trade(99m, 0.001m, buyerIsMaker: true);

        Assert.Equal(AlgoStatus.Finished, stop.Status);
    }

    [Theory]
    [InlineData(OrderType.StopMarket, 1, "100.9", "101")]
    [InlineData(OrderType.StopMarket, -1, "99.1", "99")]
    [InlineData(OrderType.TakeProfitMarket, 1, "99.1", "99")]
    [InlineData(OrderType.TakeProfitMarket, -1, "100.9", "101")]
    internal void Trigger_OfEachDirection_IsReachedAtItsPrice(
        OrderType type, int side, string before, string trigger)
    {
        var order = _venue.Place(CloseStop((OrderSide)side, Number(trigger)) with { Type = type, ClosePosition = false, Quantity = 1m });

        _venue.Mark(Number(before));
        Assert.Equal(AlgoStatus.New, order.Status);
        _venue.Mark(Number(trigger));

        Assert.Equal(AlgoStatus.Finished, order.Status);
        Assert.Equal(side, _venue.Btc.Position.Amount);
    }

    [Theory]
    [InlineData(OrderType.StopMarket, -1, "100")]
    [InlineData(OrderType.StopMarket, 1, "100")]
    [InlineData(OrderType.TakeProfitMarket, -1, "100")]
    [InlineData(OrderType.TakeProfitMarket, 1, "100")]
    internal void Trigger_AlreadyReached_IsRefused(OrderType type, int side, string trigger) =>
        Assert.Equal(-2021, _venue.CodeOf(CloseStop((OrderSide)side, Number(trigger)) with { Type = type }));

    [Fact]
    public void Limit_Triggered_RestsAtItsPrice()
    {
        var order = _venue.Place(CloseStop(OrderSide.Buy, 101m) with { Type = OrderType.Stop, ClosePosition = false, Quantity = 1m, Price = 99m });

        _venue.Mark(101m);

        Assert.Equal(AlgoStatus.Triggered, order.Status);
        Assert.Equal((OrderStatus.New, 99m), (order.Actual!.Status, order.Actual.Price));
        _venue.Engine.Cancel(order.Actual);
        Assert.Equal(AlgoStatus.Finished, order.Status);
    }

    [Fact]
    public void CloseStop_SecondOfItsKindInTheDirection_IsRefused()
    {
        _venue.Place(CloseStop(OrderSide.Sell, 99m, "a"));

        Assert.Equal(-4130, _venue.CodeOf(CloseStop(OrderSide.Sell, 98m, "b")));
        Assert.Equal(0, _venue.CodeOf(CloseStop(OrderSide.Buy, 101m, "c")));
        Assert.Equal(0, _venue.CodeOf(CloseStop(OrderSide.Sell, 102m, "d") with { Type = OrderType.TakeProfitMarket }));
        Assert.Equal(0, _venue.CodeOf(CloseStop(OrderSide.Sell, 98m, "e") with { ClosePosition = false, Quantity = 1m, ReduceOnly = true }));
    }

    [Fact]
    public void CloseStop_TargetsRest_ClosesAllTheSameAndTheyExpire()
    {
        _venue.Place(MarketOrder(OrderSide.Buy, 1m));
        var target = _venue.Place(LimitOrder(OrderSide.Sell, 1m, 102m, "tp", reduceOnly: true));
        var stop = _venue.Place(CloseStop(OrderSide.Sell, 99m));

        _venue.Mark(98m);

        Assert.Equal((AlgoStatus.Finished, OrderStatus.Expired), (stop.Status, target.Status));
        Assert.Equal(0m, _venue.Btc.Position.Amount);
    }

    [Fact]
    public void ReduceOnlyStop_PositionGone_IsRejectedAtTheTrigger()
    {
        var stop = _venue.Place(CloseStop(OrderSide.Sell, 99m) with { ClosePosition = false, Quantity = 1m, ReduceOnly = true });

        _venue.Mark(98m);

        Assert.Equal((AlgoStatus.Rejected, "Reduce Only reject"), (stop.Status, stop.Reason));
        Assert.Null(stop.Actual);
    }

    [Fact]
    public void CloseStop_PositionGone_LivesOn()
    {
        _venue.Place(MarketOrder(OrderSide.Buy, 1m));
        var stop = _venue.Place(CloseStop(OrderSide.Sell, 99m));

        _venue.Place(MarketOrder(OrderSide.Sell, 1m));

        Assert.Equal(AlgoStatus.New, stop.Status);
    }

    [Fact]
    public void GteGtc_PositionGone_Expires()
    {
        _venue.Place(MarketOrder(OrderSide.Buy, 1m));
        var stop = _venue.Place(CloseStop(OrderSide.Sell, 99m) with { TimeInForce = TimeInForce.GteGtc });

        _venue.Place(MarketOrder(OrderSide.Sell, 1m, "c"));

        Assert.Equal(AlgoStatus.Expired, stop.Status);
        Assert.Equal("s algo Expired", _venue.Record.Lines[^1]);
    }

    [Fact]
    public void GteGtc_WithoutAPosition_IsRefused() =>
        Assert.Equal(-4509, _venue.CodeOf(CloseStop(OrderSide.Sell, 99m) with { TimeInForce = TimeInForce.GteGtc }));

    [Fact]
    public void PriceProtect_MarkFarFromTheLastPrice_WaitsUntilTheyMeet()
    {
        _venue.Place(MarketOrder(OrderSide.Buy, 1m));
        var stop = _venue.Place(CloseStop(OrderSide.Sell, 94m) with { PriceProtect = true });

        _venue.Mark(93m);   // last 100: apart by more than 5 %
        Assert.Equal(AlgoStatus.New, stop.Status);
        _venue.Trade(94m, 0.001m, buyerIsMaker: true);
        _venue.Mark(93m);

        Assert.Equal(AlgoStatus.Finished, stop.Status);
    }

    [Fact]
    public void Margin_OnlyAtTheTrigger_Rejects()
    {
        var venue = new Venue(new() { StartBalance = 1m, StartLeverage = 1 });
        var stop = venue.Place(CloseStop(OrderSide.Buy, 101m) with { ClosePosition = false, Quantity = 1m });

        venue.Mark(101m);

        Assert.Equal((AlgoStatus.Rejected, "Margin is insufficient."), (stop.Status, stop.Reason));
        Assert.Empty(venue.Engine.Archive.Orders);
    }

    [Fact]
    public void Triggering_TakesTime_CancelIsRefusedMeanwhile()
    {
        var venue = new Venue(triggerMs: 500);
        venue.Place(MarketOrder(OrderSide.Buy, 1m));
        var stop = venue.Place(CloseStop(OrderSide.Sell, 99m));

        venue.Mark(98m);
        Assert.Equal(AlgoStatus.Triggering, stop.Status);
        Assert.Equal(-4117, venue.Engine.Cancel(stop)?.Code);
        venue.Pass(499);
        Assert.Equal(1m, venue.Btc.Position.Amount);
        venue.Pass(1);

        Assert.Equal(AlgoStatus.Finished, stop.Status);
        Assert.Equal(-2011, venue.Engine.Cancel(stop)?.Code);
    }

    [Fact]
    public void Live_TwoHundredOverAllSymbols_AreTheMost()
    {
        for (var i = 0; i < 200; i++)
            _venue.Place(CloseStop(OrderSide.Sell, i % 2 == 0 ? 99m : 49m, $"s{i}") with
            {
                Symbol = i % 2,
                ClosePosition = false,
                Quantity = 1m,
            });

        Assert.Equal(-4045, _venue.CodeOf(CloseStop(OrderSide.Sell, 99m, "more")));
    }

    [Fact]
    public void ClientId_OfALiveOne_IsRefusedUntilThatIsOver()
    {
        var stop = _venue.Place(CloseStop(OrderSide.Sell, 99m, "twin"));

        Assert.Equal(-4116, _venue.CodeOf(CloseStop(OrderSide.Buy, 101m, "twin")));
        Assert.Null(_venue.Engine.Cancel(stop));
        Assert.Equal(0, _venue.CodeOf(CloseStop(OrderSide.Buy, 101m, "twin")));
    }

    [Fact]
    public void CancelAll_OfOrders_LeavesThem()
    {
        var stop = _venue.Place(CloseStop(OrderSide.Sell, 99m));
        var order = _venue.Place(LimitOrder(OrderSide.Buy, 1m, 99m));

        _venue.Engine.CancelAll(_venue.Btc);
        Assert.Equal((OrderStatus.Canceled, AlgoStatus.New), (order.Status, stop.Status));
        _venue.Engine.CancelAllAlgos(_venue.Btc);

        Assert.Equal(AlgoStatus.Canceled, stop.Status);
    }

    [Fact]
    public void GoodTill_DatePasses_Expires()
    {
        var stop = _venue.Place(CloseStop(OrderSide.Sell, 99m) with
        {
            TimeInForce = TimeInForce.Gtd,
            GoodTillMs = _venue.Market.NowMs + 601_000,
        });

        _venue.Pass(601_000);

        Assert.Equal(AlgoStatus.Expired, stop.Status);
    }
}
