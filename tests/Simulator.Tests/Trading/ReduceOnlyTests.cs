using FuturesBot.Simulator.Trading;
using Xunit;
using static FuturesBot.Simulator.Tests.Trading.Venue;

namespace FuturesBot.Simulator.Tests.Trading;

public sealed class ReduceOnlyTests
{
    private readonly Venue _venue = new();

    [Fact]
    public void ReduceOnly_WithoutAPosition_IsRefused() =>
        Assert.Equal(-2022, _venue.CodeOf(MarketOrder(OrderSide.Sell, 1m, reduceOnly: true)));

    [Fact]
    public void ReduceOnly_InThePositionsDirection_IsRefused()
    {
        _venue.Place(MarketOrder(OrderSide.Buy, 1m));

        Assert.Equal(-2022, _venue.CodeOf(LimitOrder(OrderSide.Buy, 1m, 99m, reduceOnly: true)));
    }

    [Fact]
    public void ReduceOnly_RestingOnesCoverThePosition_IsRefusedUntilTheyAreCancelled()
    {
        _venue.Place(MarketOrder(OrderSide.Buy, 1m));
        var target = _venue.Place(LimitOrder(OrderSide.Sell, 0.6m, 102m, "tp", reduceOnly: true));

        Assert.Equal(-4118, _venue.CodeOf(MarketOrder(OrderSide.Sell, 1m, reduceOnly: true)));
        Assert.Equal(-4118, _venue.CodeOf(MarketOrder(OrderSide.Sell, 0.401m, reduceOnly: true)));
        _venue.Engine.Cancel(target);

        Assert.Equal(0, _venue.CodeOf(MarketOrder(OrderSide.Sell, 1m, reduceOnly: true)));
        Assert.Equal(0m, _venue.Btc.Position.Amount);
    }

    [Fact]
    public void ReduceOnly_LargerThanThePosition_FillsNoMoreThanThat()
    {
        _venue.Place(MarketOrder(OrderSide.Buy, 1m));

        var order = _venue.Place(MarketOrder(OrderSide.Sell, 3m, "c", reduceOnly: true));

        Assert.Equal((OrderStatus.Expired, 1m), (order.Status, order.Executed));
        Assert.Equal(0m, _venue.Btc.Position.Amount);
        Assert.Equal("c Expired Expired ReduceOnly", _venue.Record.Lines[^1]);
        Assert.Equal(2_000, _venue.Book.Bids[998]);   // the level behind was not touched
    }

    [Fact]
    public void ReduceOnly_PositionCloses_RestingOneExpires()
    {
        _venue.Place(MarketOrder(OrderSide.Buy, 1m));
        var target = _venue.Place(LimitOrder(OrderSide.Sell, 1m, 102m, "tp", reduceOnly: true));

        _venue.Place(MarketOrder(OrderSide.Sell, 1m, "c"));

        Assert.Equal(OrderStatus.Expired, target.Status);
        Assert.Equal("tp Expired Expired ReduceOnly", _venue.Record.Lines[^1]);
        Assert.Empty(_venue.Book.Own);
    }

    [Fact]
    public void ReduceOnly_PositionShrank_FillsWhatIsLeftAndExpires()
    {
        _venue.Place(MarketOrder(OrderSide.Buy, 1m));
        var target = _venue.Place(LimitOrder(OrderSide.Sell, 1m, 102m, "tp", reduceOnly: true));
        _venue.Place(MarketOrder(OrderSide.Sell, 0.7m, "c"));

        _venue.Trade(102.1m, 9m, buyerIsMaker: false);

        Assert.Equal((OrderStatus.Expired, 0.3m), (target.Status, target.Executed));
        Assert.Equal(0m, _venue.Btc.Position.Amount);
    }
}
