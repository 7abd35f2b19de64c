using FuturesBot.Simulator.Trading;
using Xunit;
using static FuturesBot.Simulator.Tests.Trading.Venue;

namespace FuturesBot.Simulator.Tests.Trading;

public sealed class OrderRulesTests
{
    [Theory]
    [InlineData("0", -4001)]
    [InlineData("-1", -4001)]
    [InlineData("99.95", -1111)]
    [InlineData("100000.1", -4002)]
    [InlineData("105.1", -4016)]
    [InlineData("105.0", 0)]
    public void Price_OfABuy_IsHeldAgainstTheFilters(string price, int code) =>
        Assert.Equal(code, new Venue().CodeOf(LimitOrder(OrderSide.Buy, 1m, Number(price))));

    [Theory]
    [InlineData("94.9", -4024)]
    [InlineData("95.0", 0)]
    public void Price_OfASell_HasAFloor(string price, int code) =>
        Assert.Equal(code, new Venue().CodeOf(LimitOrder(OrderSide.Sell, 1m, Number(price))));

    [Fact]
    public void Price_WithinPrecisionButOffTheTick_IsRefused()
    {
        var contract = FakeMarket.Contract("BTCUSDT", 0.5m, 0.001m, priceDecimals: 1, quantityDecimals: 3);

        Assert.Equal(-4014, OrderRules.Price(contract, 99.9m, out _)?.Code);
        Assert.Null(OrderRules.Price(contract, 99.500m, out var ticks));
        Assert.Equal(199, ticks);
    }

    [Fact]
    public void Price_BelowTheMinimum_IsRefused()
    {
        var contract = FakeMarket.Contract("BTCUSDT", 0.1m, 0.001m, priceDecimals: 1, quantityDecimals: 3) with { MinPrice = 5m };

        Assert.Equal(-4013, OrderRules.Price(contract, 4.9m, out _)?.Code);
    }

    [Theory]
    [InlineData("0", -4003)]
    [InlineData("0.0005", -1111)]
    [InlineData("1000.001", -4005)]
    [InlineData("0.04", -4164)]
    [InlineData("0.051", 0)]
    public void Quantity_OfALimit_IsHeldAgainstTheFilters(string quantity, int code) =>
        Assert.Equal(code, new Venue().CodeOf(LimitOrder(OrderSide.Buy, Number(quantity), 99m)));

    [Fact]
    public void Quantity_OfAMarketOrder_HasItsOwnMaximum()
    {
        Assert.Equal(-4005, new Venue().CodeOf(MarketOrder(OrderSide.Buy, 120.001m)));
        Assert.Equal(-2019, new Venue(new() { StartBalance = 5m }).CodeOf(MarketOrder(OrderSide.Buy, 120m)));
    }

    [Fact]
    public void Quantity_OffTheStepOrBelowTheLeast_IsRefused()
    {
        var contract = FakeMarket.Contract("BTCUSDT", 0.1m, 0.005m, priceDecimals: 1, quantityDecimals: 3) with { MinQuantity = 0.01m };

        Assert.Equal(-4023, OrderRules.Quantity(contract, 0.011m, isMarket: false, out _)?.Code);
        Assert.Equal(-4004, OrderRules.Quantity(contract, 0.005m, isMarket: false, out _)?.Code);
    }

    [Fact]
    public void Notional_ReduceOnly_IsExempt()
    {
        var venue = new Venue();
        venue.Place(MarketOrder(OrderSide.Buy, 1m));

        Assert.Equal(-4164, venue.CodeOf(MarketOrder(OrderSide.Sell, 0.01m)));
        Assert.Equal(0, venue.CodeOf(MarketOrder(OrderSide.Sell, 0.01m, reduceOnly: true)));
    }

    [Theory]
    [InlineData("fbAA:x/_-.9", 0)]
    [InlineData("", -4015)]
    [InlineData("a b", -4015)]
    [InlineData("a\n", -4015)]
    [InlineData("1234567890123456789012345678901234567", -4015)]
    [InlineData("123456789012345678901234567890123456", 0)]
    public void ClientId_OutsideThePattern_IsRefused(string id, int code) =>
        Assert.Equal(code, new Venue().CodeOf(LimitOrder(OrderSide.Buy, 1m, 99m, id)));

    [Fact]
    public void ClientId_OfAnOpenOrder_IsRefusedUntilThatIsOver()
    {
        var venue = new Venue();
        var first = venue.Place(LimitOrder(OrderSide.Buy, 1m, 99m, "twin"));

        Assert.Equal(-4116, venue.CodeOf(LimitOrder(OrderSide.Buy, 1m, 98m, "twin")));
        venue.Engine.Cancel(first);

        Assert.Equal(0, venue.CodeOf(LimitOrder(OrderSide.Buy, 1m, 98m, "twin")));
        Assert.Equal(98m, venue.Engine.Archive.Find(FakeMarket.Btc, "twin")?.Price);
    }

    [Theory]
    [InlineData(600_000, -5040)]
    [InlineData(600_001, 0)]
    [InlineData(300_000_000_000_000, -5040)]
    public void GoodTill_TenMinutesAheadAtLeast_IsTaken(long ahead, int code)
    {
        var venue = new Venue();

        Assert.Equal(code, venue.CodeOf(
            LimitOrder(OrderSide.Buy, 1m, 99m, tif: TimeInForce.Gtd) with { GoodTillMs = venue.Market.NowMs + ahead }));
    }

    [Fact]
    public void GoodTill_WithoutGtd_IsRefused() =>
        Assert.Equal(-1106, new Venue().CodeOf(LimitOrder(OrderSide.Buy, 1m, 99m) with { GoodTillMs = 1 }));

    [Fact]
    public void OpenOrders_TwoHundred_AreTheMost()
    {
        var venue = new Venue();
        for (var i = 0; i < 200; i++) venue.Place(LimitOrder(OrderSide.Buy, 0.1m, 99m, $"o{i}"));

        Assert.Equal(-2025, venue.CodeOf(LimitOrder(OrderSide.Buy, 0.1m, 99m, "more")));
        Assert.Equal(0, venue.CodeOf(MarketOrder(OrderSide.Buy, 0.1m)));
    }

    [Fact]
    public void Margin_NotionalOverLeverageBeyondTheBalance_IsRefused()
    {
        var venue = new Venue(new() { StartBalance = 100m, StartLeverage = 10 });

        Assert.Equal(-2019, venue.CodeOf(LimitOrder(OrderSide.Buy, 10.2m, 99m)));
        Assert.Equal(0, venue.CodeOf(LimitOrder(OrderSide.Buy, 10m, 99m)));
        Assert.Equal(1m, venue.Engine.Available());
        Assert.Equal(0, venue.CodeOf(LimitOrder(OrderSide.Sell, 9.8m, 101m, "opposite")));
    }

    [Fact]
    public void Symbol_NotYetTrading_TakesNoOrder()
    {
        var venue = new Venue();

        Assert.Equal(-4140, venue.CodeOf(LimitOrder(OrderSide.Buy, 1m, 49m) with { Symbol = FakeMarket.Unlisted }));
    }

    [Fact]
    public void Margin_ClosingHalf_NeedsNone()
    {
        var venue = new Venue(new() { StartBalance = 12m, StartLeverage = 10 });
        venue.Place(MarketOrder(OrderSide.Buy, 1m));

        Assert.Equal(-2019, venue.CodeOf(MarketOrder(OrderSide.Buy, 1m)));
        Assert.Equal(0, venue.CodeOf(MarketOrder(OrderSide.Sell, 0.5m)));
    }
}
