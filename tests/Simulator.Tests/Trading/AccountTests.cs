using FuturesBot.Simulator.Market;
using FuturesBot.Simulator.Trading;
using Xunit;
using static FuturesBot.Simulator.Tests.Trading.Venue;

namespace FuturesBot.Simulator.Tests.Trading;

public sealed class AccountTests
{
    private readonly Venue _venue = new(new() { StartBalance = 1_000m });

    [Fact]
    public void Fills_OpenAndClose_BookProfitAndCommission()
    {
        _venue.Place(MarketOrder(OrderSide.Buy, 1m));    // 100.1, taker: 0.05005
        _venue.Place(MarketOrder(OrderSide.Sell, 1m));   // 99.9, taker: 0.04995, −0.2 realized

        Assert.Equal(1_000m - 0.05005m - 0.04995m - 0.2m, _venue.Engine.Account.Wallet);
        Assert.Equal(
            [("COMMISSION", -0.05005m), ("REALIZED_PNL", -0.2m), ("COMMISSION", -0.04995m)],
            _venue.Engine.Account.Income.Select(row => (row.Type, row.Amount)));
    }

    [Fact]
    public void Commission_OfARestingOrder_IsTheMakers()
    {
        _venue.Place(LimitOrder(OrderSide.Buy, 1m, 100m));
        _venue.Trade(99.9m, 1m, buyerIsMaker: true);

        Assert.Equal(0.02m, Assert.Single(_venue.Record.Fills).Commission);   // 100 · 0.0002
    }

    [Fact]
    public void Position_AddedTo_AveragesItsEntry()
    {
        var position = new Position();
        position.Apply(OrderSide.Buy, 100m, 1m, 0.05m, 1);
        position.Apply(OrderSide.Buy, 103m, 2m, 0.05m, 2);

        Assert.Equal((3m, 102m), (position.Amount, position.EntryPrice));
        Assert.Equal(-6m, position.Unrealized(100m));
    }

    [Fact]
    public void Position_PartlyClosed_KeepsItsEntryAndRealizesTheRest()
    {
        var position = new Position();
        position.Apply(OrderSide.Sell, 100m, 3m, 0m, 1);

        Assert.Equal(2m, position.Apply(OrderSide.Buy, 98m, 1m, 0m, 2));   // (100 − 98) · 1
        Assert.Equal((-2m, 100m, 2m), (position.Amount, position.EntryPrice, position.Realized));
    }

    [Fact]
    public void Position_Turned_RealizesTheWholeAndOpensTheRest()
    {
        var position = new Position();
        position.Apply(OrderSide.Buy, 100m, 1m, 0m, 1);

        Assert.Equal(5m, position.Apply(OrderSide.Sell, 105m, 3m, 0m, 2));
        Assert.Equal((-2m, 105m), (position.Amount, position.EntryPrice));
    }

    [Fact]
    public void Position_BreakEven_CountsCommissionsAndFunding()
    {
        var position = new Position();
        position.Apply(OrderSide.Buy, 100m, 2m, 0.1m, 1);
        position.Pay(-0.3m, 2);

        Assert.Equal(100.2m, position.BreakEvenPrice);   // 200 + 0.1 + 0.3, over 2
    }

    [Fact]
    public void Position_ThirdsOfAnUnevenPrice_LoseNothing()
    {
        // 1 at 10.01 and 2 at 10.02: entry 10.01666…; three sales at 11 realize 33 − 30.05 = 2.95 in all.
        var position = new Position();
        position.Apply(OrderSide.Buy, 10.01m, 1m, 0m, 1);
        position.Apply(OrderSide.Buy, 10.02m, 2m, 0m, 1);

        var realized = Enumerable.Range(0, 3).Select(_ => position.Apply(OrderSide.Sell, 11m, 1m, 0m, 2)).ToArray();

        Assert.Equal([0.98333333m, 0.98333334m, 0.98333333m], realized);
        Assert.Equal(0m, position.EntryPrice);
    }

    [Fact]
    public void Funding_PositiveRate_LongsPay()
    {
        _venue.Place(MarketOrder(OrderSide.Buy, 2m));
        var before = _venue.Engine.Account.Wallet;

        _venue.Engine.OnFunding(FakeMarket.Btc, new FundingRate(_venue.Market.NowMs, 0.0001m, 101m));

        Assert.Equal(-0.0202m, Assert.Single(_venue.Record.Funding).Amount);   // 2 · 101 · 0.0001
        Assert.Equal(before - 0.0202m, _venue.Engine.Account.Wallet);
    }

    [Fact]
    public void Funding_WithoutAPosition_ChangesNothing()
    {
        _venue.Engine.OnFunding(FakeMarket.Btc, new FundingRate(_venue.Market.NowMs, 0.0001m, 101m));

        Assert.Empty(_venue.Record.Funding);
        Assert.Equal(1_000m, _venue.Engine.Account.Wallet);
    }

    [Fact]
    public void Archive_OrderWithoutAFill_IsForgottenAfterThreeDays()
    {
        var cancelled = _venue.Place(LimitOrder(OrderSide.Buy, 1m, 99m, "a"));
        _venue.Engine.Cancel(cancelled);
        var filled = _venue.Place(MarketOrder(OrderSide.Buy, 1m, "b"));
        var open = _venue.Place(LimitOrder(OrderSide.Buy, 1m, 99m, "c"));

        _venue.Pass(3 * 24 * 3_600_000L);
        Assert.NotNull(_venue.Engine.Archive.Find(cancelled.Id));
        _venue.Pass(3_600_000);

        Assert.Null(_venue.Engine.Archive.Find(cancelled.Id));
        Assert.Null(_venue.Engine.Archive.Find(FakeMarket.Btc, "a"));
        Assert.Same(filled, _venue.Engine.Archive.Find(filled.Id));
        Assert.Same(open, _venue.Engine.Archive.Find(FakeMarket.Btc, "c"));
    }

    [Fact]
    public void Archive_TooManyOrders_ForgetsTheOldestEnded()
    {
        var venue = new Venue(new() { OrdersKept = 3 });
        var open = venue.Place(LimitOrder(OrderSide.Buy, 0.1m, 99m, "open"));
        for (var i = 0; i < 5; i++) venue.Place(MarketOrder(OrderSide.Buy, 0.1m, $"m{i}"));

        venue.Pass(3_600_000);

        Assert.Equal(["open", "m3", "m4"], venue.Engine.Archive.Orders.Select(order => order.ClientId));
        Assert.True(open.IsOpen);
    }
}
