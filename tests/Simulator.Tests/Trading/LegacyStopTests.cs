using System.Text.Json;
using FuturesBot.Simulator.Trading;
using Xunit;
using static FuturesBot.Simulator.Tests.Trading.Venue;

namespace FuturesBot.Simulator.Tests.Trading;

/// <summary>Stops on <c>/fapi/v1/order</c>, as before 2025-12-09.</summary>
public sealed class LegacyStopTests
{
    private static readonly (string, object) Btc = ("symbol", "BTCUSDT");

    private readonly Venue _venue = new();

    [Fact]
    public void Stop_MarkReachesIt_ExpiresAndBeginsAgainUnderItsId()
    {
        _venue.Place(MarketOrder(OrderSide.Buy, 1.5m));
        var stop = PlaceAmongOrders(CloseStop(OrderSide.Sell, 99m));
        _venue.Record.Lines.Clear();

        _venue.Mark(99.1m);
        Assert.True(stop.IsOpen);
        _venue.Mark(99m);

        Assert.Equal(
            ["s Expired Expired", "s New New", "s Trade 1.000@99.9 PartiallyFilled", "s Trade 0.500@99.8 Filled"], _venue.Record.Lines);
        var became = _venue.Engine.Archive.Find(stop.Id)!;
        Assert.Equal(
            (OrderType.Market, OrderType.StopMarket, OrderStatus.Filled, "s"),
            (became.Type, became.OriginalType, became.Status, became.ClientId));
        Assert.Equal(0m, _venue.Btc.Position.Amount);
        Assert.Empty(_venue.Btc.Waiting);
    }

    [Fact]
    public void TakeProfit_WithALimit_RestsAndIsCancelledAsAnyOrder()
    {
        _venue.Place(MarketOrder(OrderSide.Buy, 1m));
        var stop = PlaceAmongOrders(CloseStop(OrderSide.Sell, 101m) with
        {
            Type = OrderType.TakeProfit,
            ClosePosition = false,
            Quantity = 1m,
            Price = 102m,
            ReduceOnly = true,
        });

        _venue.Mark(101m);

        var resting = Assert.Single(_venue.Btc.Resting);
        Assert.Equal((stop.Id, 102m, OrderType.Limit), (resting.Id, resting.Price, resting.Type));
        Assert.Null(_venue.Engine.Cancel(resting));
        Assert.Equal("s Canceled Canceled", _venue.Record.Lines[^1]);
    }

    [Fact]
    public void Cancel_BeforeItsPrice_EndsItForGood()
    {
        var stop = PlaceAmongOrders(CloseStop(OrderSide.Sell, 99m));

        Assert.Null(_venue.Engine.Cancel(stop));
        Assert.Equal(-2011, _venue.Engine.Cancel(stop)?.Code);
        _venue.Mark(98m);

        Assert.Equal(["s New New", "s Canceled Canceled"], _venue.Record.Lines);
    }

    [Fact]
    public void CancelAll_TakesStopsToo()
    {
        PlaceAmongOrders(CloseStop(OrderSide.Sell, 99m));
        _venue.Place(LimitOrder(OrderSide.Buy, 1m, 95m));

        _venue.Engine.CancelAll(_venue.Btc);

        Assert.Equal((0, 0), (_venue.Btc.Algos.Count, _venue.Btc.OpenOrders));
    }

    [Fact]
    public void Stop_NothingToCloseAtItsPrice_IsRefusedAloud()
    {
        PlaceAmongOrders(CloseStop(OrderSide.Sell, 99m));
        _venue.Record.Lines.Clear();

        _venue.Mark(99m);

        Assert.Equal(["s Expired Expired", "s refused: Reduce Only reject"], _venue.Record.Lines);
    }

    [Fact]
    public void Stop_ThatOpens_NeedsItsMarginAtOnce()
    {
        var large = CloseStop(OrderSide.Buy, 101m) with { ClosePosition = false, Quantity = 120m };
        var venue = new Venue(new() { StartBalance = 10m });

        Assert.Equal(-2019, venue.Engine.PlaceAmongOrders(large).Refusal?.Code);
        Assert.Equal(0, venue.CodeOf(large));
    }

    [Fact]
    public void Calls_OnTheOrderEndpoint_TakeQueryListAndCancel()
    {
        var desk = new TradingDesk(new() { AlgoService = false });
        var trigger = Math.Round(desk.Bid * 0.9m, 1);

        var placed = Stop(desk, trigger, "s1");
        var open = Assert.Single(desk.Ok("GET /fapi/v1/openOrders", Btc).EnumerateArray());
        var found = desk.Ok("GET /fapi/v1/order", Btc, ("origClientOrderId", "s1"));
        var second = desk.Code("POST /fapi/v1/order", Btc, ("side", "SELL"), ("type", "STOP_MARKET"), ("stopPrice", trigger), ("closePosition", "true"));
        var cancelled = desk.Ok("DELETE /fapi/v1/order", Btc, ("orderId", placed.GetProperty("orderId").GetInt64()));

        foreach (var answer in new[] { placed, open, found, cancelled })
        {
            Assert.Equal(
                ("STOP_MARKET", "STOP_MARKET", "MARK_PRICE", true),
                (Text(answer, "type"), Text(answer, "origType"), Text(answer, "workingType"), answer.GetProperty("closePosition").GetBoolean()));
            Assert.Equal(trigger, decimal.Parse(Text(answer, "stopPrice")));
        }

        Assert.Equal(("NEW", "NEW", "CANCELED", -4130), (Text(placed, "status"), Text(open, "status"), Text(cancelled, "status"), second));
        Assert.Empty(desk.Ok("GET /fapi/v1/openOrders").EnumerateArray());
        Assert.Equal(["STOP_MARKET NEW NEW", "STOP_MARKET CANCELED CANCELED"], desk.Events.Orders("ORDER_TRADE_UPDATE").Select(Line));
        Assert.DoesNotContain("ALGO_UPDATE", desk.Events.Types);
        Assert.DoesNotContain(desk.Endpoints, endpoint => endpoint.Path.Contains("lgo", StringComparison.Ordinal));
    }

    [Fact]
    public void Batch_WithAStop_TakesIt()
    {
        var desk = new TradingDesk(new() { AlgoService = false });
        var trigger = Math.Round(desk.Ask * 1.1m, 1);

        var answers = desk.Ok(
            "POST /fapi/v1/batchOrders",
            ("batchOrders", $$"""[{"symbol":"BTCUSDT","side":"BUY","type":"STOP_MARKET","quantity":"0.01","stopPrice":"{{trigger}}"}]"""));

        Assert.Equal("STOP_MARKET", Text(answers[0], "type"));
    }

    [Theory]
    [InlineData("activationPrice", "1", -1106)]
    [InlineData("triggerPrice", "1", -1102)]
    [InlineData("quantity", "1", -4137)]
    public void Stop_WrongParameters_IsRefused(string name, string value, int code)
    {
        var desk = new TradingDesk(new() { AlgoService = false });
        var trigger = name == "triggerPrice" ? name : "stopPrice";
        var rest = name == "triggerPrice" ? ("newClientOrderId", "x") : (name, (object)value);

        Assert.Equal(code, desk.Code(
            "POST /fapi/v1/order", Btc, ("side", "SELL"), ("type", "STOP_MARKET"), (trigger, Math.Round(desk.Bid * 0.9m, 1)), ("closePosition", "true"), rest));
    }

    [Fact]
    public void Stops_BeyondTheFilter_AreRefused()
    {
        var desk = new TradingDesk(new() { AlgoService = false });
        var most = desk.Market.Symbols[0].MaxAlgoOrders;
        for (var i = 0; i < most; i++) Opening(desk, i);

        Assert.Equal(-4045, desk.Code(
            "POST /fapi/v1/order", Btc, ("side", "BUY"), ("type", "STOP_MARKET"), ("stopPrice", Math.Round(desk.Ask * 1.1m, 1)), ("quantity", 0.001m)));

        static void Opening(TradingDesk desk, int i) => desk.Ok(
            "POST /fapi/v1/order", Btc, ("side", "BUY"), ("type", "STOP_MARKET"), ("stopPrice", Math.Round(desk.Ask * 1.1m, 1) + i), ("quantity", 0.001m));
    }

    private static JsonElement Stop(TradingDesk desk, decimal trigger, string id) => desk.Ok(
        "POST /fapi/v1/order", Btc, ("side", "SELL"), ("type", "STOP_MARKET"), ("stopPrice", trigger), ("closePosition", "true"),
        ("workingType", "MARK_PRICE"), ("newClientOrderId", id));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string Line(JsonElement order) => $"{Text(order, "o")} {Text(order, "x")} {Text(order, "X")}";

    private Order PlaceAmongOrders(AlgoRequest request)
    {
        Assert.True(_venue.Engine.PlaceAmongOrders(request).Accepted(out var order, out var refusal), refusal?.ToString());
        return order;
    }
}
