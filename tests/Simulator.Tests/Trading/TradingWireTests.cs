using System.Text.Json;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Tests.Wire;
using Xunit;

namespace FuturesBot.Simulator.Tests.Trading;

/// <summary>Trading through the doors: signatures, form bodies, streams, limits and faults.</summary>
public sealed class TradingWireTests
{
    private static readonly (string, object) Btc = ("symbol", "BTCUSDT");

    [Fact]
    public async Task Order_FromPlacingToCancelling_IsToldToThePrivateStream()
    {
        await using var wire = await TradingWire.StartAsync();
        var (socket, key) = await wire.ListenAsync();
        using var _ = socket;
        var (bid, _) = await wire.BestAsync();

        await wire.LimitAsync("BUY", bid - 500, "mine");
        var cancelled = await wire.OkAsync("DELETE /fapi/v1/order", Btc, ("origClientOrderId", "mine"));
        await wire.OkAsync("POST /fapi/v1/order", Btc, ("side", "SELL"), ("type", "MARKET"), ("quantity", 0.01m));

        Assert.Equal("CANCELED", cancelled.GetProperty("status").GetString());
        var told = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var message = await socket.ReadAsync();
            Assert.Equal(key, message.GetProperty("stream").GetString());
            var data = message.GetProperty("data");
            var status = data.TryGetProperty("o", out var order) ? " " + order.GetProperty("X").GetString() : "";
            told.Add(data.GetProperty("e").GetString() + status);
        }

        Assert.Equal(
            ["ORDER_TRADE_UPDATE NEW", "ORDER_TRADE_UPDATE CANCELED", "ORDER_TRADE_UPDATE NEW", "TRADE_LITE", "ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE FILLED"],
            told);
    }

    [Fact]
    public async Task Algo_WithoutASymbol_IsFoundAndCancelledByEitherId()
    {
        await using var wire = await TradingWire.StartAsync();
        var (bid, ask) = await wire.BestAsync();
        var stop = await Stop(wire, "SELL", Math.Round(bid * 0.9m, 1), "a");
        await Stop(wire, "BUY", Math.Round(ask * 1.1m, 1), "b");

        Assert.Equal(-4130, await wire.CodeAsync(
            "POST /fapi/v1/algoOrder", ("algoType", "CONDITIONAL"), Btc, ("side", "SELL"), ("type", "STOP_MARKET"),
            ("triggerPrice", Math.Round(bid * 0.8m, 1)), ("closePosition", "true")));
        await wire.OkAsync("DELETE /fapi/v1/algoOrder", ("algoId", stop.GetProperty("algoId").GetInt64()));
        Assert.Equal("CANCELED", (await wire.OkAsync("GET /fapi/v1/algoOrder", ("clientAlgoId", "a"))).GetProperty("algoStatus").GetString());
        Assert.Equal(1, (await wire.OkAsync("GET /fapi/v1/openAlgoOrders")).GetArrayLength());
    }

    [Fact]
    public async Task Order_BetterThanTheBook_IsTheBestQuote()
    {
        await using var wire = await TradingWire.StartAsync();
        var (bid, ask) = await wire.BestAsync();
        Assert.True(ask - bid >= 0.1m);

        await wire.LimitAsync("BUY", bid, "join");
        var joined = await wire.BestAsync();

        Assert.Equal(bid, joined.Bid);
        Assert.Equal(1, (await wire.OkAsync("GET /fapi/v1/openOrders", Btc)).GetArrayLength());
    }

    [Fact]
    public async Task Order_MarketPassesIt_IsFilledWhileTimeMoves()
    {
        await using var wire = await TradingWire.StartAsync();
        var (bid, ask) = await wire.BestAsync();
        await wire.LimitAsync("BUY", bid - 5, "low");
        await wire.LimitAsync("SELL", ask + 5, "high");

        for (var i = 0; i < 60 && (await wire.OkAsync("GET /fapi/v1/openOrders")).GetArrayLength() == 2; i++)
            await wire.PassAsync(TimeSpan.FromSeconds(10));

        var trade = (await wire.OkAsync("GET /fapi/v1/userTrades", Btc))[0];
        Assert.True(trade.GetProperty("maker").GetBoolean());
    }

    [Fact]
    public async Task Timeout_BeforeOrAfter_LeavesNothingOrTheOrder()
    {
        await using var wire = await TradingWire.StartAsync(
            new FaultRule(FaultKind.TimeoutBefore) { Call = "POST /fapi/v1/order", Symbol = "BTCUSDT", Ms = 10, Count = 1 },
            new FaultRule(FaultKind.TimeoutAfter) { Call = "POST /fapi/v1/order", Symbol = "ETHUSDT", Ms = 10, Count = 1 });

        await Unanswered(FaultKind.TimeoutBefore, "BTCUSDT", "before");
        await Unanswered(FaultKind.TimeoutAfter, "ETHUSDT", "after");

        Assert.Equal(-2013, await wire.CodeAsync("GET /fapi/v1/order", Btc, ("origClientOrderId", "before")));
        Assert.Equal("FILLED", (await wire.OkAsync("GET /fapi/v1/order", ("symbol", "ETHUSDT"), ("origClientOrderId", "after"))).GetProperty("status").GetString());

        async Task Unanswered(FaultKind kind, string symbol, string id)
        {
            var sending = wire.SendAsync(
                "POST /fapi/v1/order", ("symbol", symbol), ("side", "BUY"), ("type", "MARKET"), ("quantity", 0.1m), ("newClientOrderId", id));
            // Time stands still until the call is through the door, or its timestamp would be too old.
            while (!wire.Exchange.Control.Struck.ContainsKey(kind)) await Task.Yield();
            while (!sending.IsCompleted)
            {
                wire.Time.Advance(TimeSpan.FromMilliseconds(10));
                await Task.Yield();
            }

            await Assert.ThrowsAsync<HttpRequestException>(() => sending);
        }
    }

    [Theory]
    [InlineData(FaultKind.UnknownError, true, 503, -1001)]
    [InlineData(FaultKind.UnknownError, false, 503, -1001)]
    [InlineData(FaultKind.BackendTimeout, true, 408, -1007)]
    public async Task Unknown_ExecutedOrNot_TheQueryTells(FaultKind kind, bool executed, int status, int code)
    {
        await using var wire = await TradingWire.StartAsync(
            new FaultRule(kind) { Call = "POST /fapi/v1/order", Executed = executed, Count = 1 });
        var (bid, _) = await wire.BestAsync();

        var (found, body) = await wire.CallAsync(
            "POST /fapi/v1/order", Btc, ("side", "BUY"), ("type", "LIMIT"), ("timeInForce", "GTC"), ("quantity", 0.01m), ("price", bid - 500),
            ("newClientOrderId", "mine"));
        var (queried, _) = await wire.CallAsync("GET /fapi/v1/order", Btc, ("origClientOrderId", "mine"));

        Assert.Equal((status, code), (found, body.GetProperty("code").GetInt32()));
        Assert.Equal(executed ? 200 : 400, queried);
    }

    [Fact]
    public async Task Settling_OrderAndStop_AreUnknownForAWhile()
    {
        await using var wire = await TradingWire.StartAsync(
            new FaultRule(FaultKind.Settling) { Call = "POST /fapi/v1/algoOrder", Ms = 3_000, Count = 1 },
            new FaultRule(FaultKind.Settling) { Call = "POST /fapi/v1/order", Ms = 3_000, Count = 1 });
        var (bid, _) = await wire.BestAsync();
        await wire.LimitAsync("BUY", bid - 500, "mine");
        await Stop(wire, "SELL", Math.Round(bid * 0.9m, 1), "stop");

        Assert.Equal(-2013, await wire.CodeAsync("GET /fapi/v1/order", Btc, ("origClientOrderId", "mine")));
        Assert.Equal(-2011, await wire.CodeAsync("DELETE /fapi/v1/algoOrder", ("clientAlgoId", "stop")));
        await wire.PassAsync(TimeSpan.FromSeconds(3.1));

        await wire.OkAsync("GET /fapi/v1/order", Btc, ("origClientOrderId", "mine"));
        await wire.OkAsync("DELETE /fapi/v1/algoOrder", ("clientAlgoId", "stop"));
    }

    [Fact]
    public async Task SlowTrigger_StopOnItsWay_CanNoLongerBeCancelled()
    {
        await using var wire = await TradingWire.StartAsync(new FaultRule(FaultKind.SlowTrigger) { Ms = 600_000 });
        var (bid, ask) = await wire.BestAsync();
        foreach (var (type, trigger) in new[] { ("STOP_MARKET", ask + 3), ("TAKE_PROFIT_MARKET", bid - 3) })
            await wire.OkAsync(
                "POST /fapi/v1/algoOrder", ("algoType", "CONDITIONAL"), Btc, ("side", "BUY"), ("type", type), ("triggerPrice", trigger),
                ("quantity", 0.01m), ("clientAlgoId", type));

        JsonElement[] reached = [];
        for (var i = 0; i < 60 && reached.Length == 0; i++)
        {
            await wire.PassAsync(TimeSpan.FromSeconds(5));
            reached = [.. (await wire.OkAsync("GET /fapi/v1/openAlgoOrders")).EnumerateArray()
                .Where(one => one.GetProperty("algoStatus").GetString() == "TRIGGERING")];
        }

        Assert.Equal(-4117, await wire.CodeAsync(
            "DELETE /fapi/v1/algoOrder", ("algoId", reached[0].GetProperty("algoId").GetInt64())));
        Assert.Equal(0, (await wire.OkAsync("GET /fapi/v1/userTrades", Btc)).GetArrayLength());
    }

    [Fact]
    public async Task Overloaded_ReduceOnlyOrders_AreExempt()
    {
        await using var wire = await TradingWire.StartAsync();
        await wire.OkAsync("POST /fapi/v1/order", Btc, ("side", "BUY"), ("type", "MARKET"), ("quantity", 0.01m));
        wire.Exchange.Control.Add(new FaultRule(FaultKind.Overloaded) { Call = "POST /fapi/v1/*" });

        Assert.Equal(-1008, await wire.CodeAsync("POST /fapi/v1/order", Btc, ("side", "BUY"), ("type", "MARKET"), ("quantity", 0.01m)));
        await wire.OkAsync("POST /fapi/v1/order", Btc, ("side", "SELL"), ("type", "MARKET"), ("quantity", 0.01m), ("reduceOnly", "true"));

        Assert.Equal(0, (await wire.OkAsync("GET /fapi/v3/positionRisk", Btc)).EnumerateArray().Sum(
            one => decimal.Parse(one.GetProperty("positionAmt").GetString()!)));
    }

    [Fact]
    public async Task Limits_OfOrders_AreCountedAndRefused()
    {
        await using var wire = await TradingWire.StartAsync();
        using var first = await wire.SendAsync("POST /fapi/v1/algoOrder", Btc);
        using var batch = await wire.SendAsync("POST /fapi/v1/batchOrders", ("batchOrders", "[{},{},{}]"));
        using var all = await wire.SendAsync("GET /fapi/v1/openAlgoOrders");

        Assert.Equal("1", first.Headers.GetValues("X-MBX-ORDER-COUNT-10S").Single());
        Assert.Equal("4", batch.Headers.GetValues("X-MBX-ORDER-COUNT-1M").Single());
        Assert.Equal("45", all.Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single());   // 0 + 5 + 40
        for (var i = 0; i < 296; i++) await wire.CallAsync("POST /fapi/v1/order", Btc);
        Assert.Equal(-1015, await wire.CodeAsync("POST /fapi/v1/order", Btc));
    }

    private static Task<JsonElement> Stop(TradingWire wire, string side, decimal trigger, string id) => wire.OkAsync(
        "POST /fapi/v1/algoOrder", ("algoType", "CONDITIONAL"), Btc, ("side", side), ("type", "STOP_MARKET"), ("triggerPrice", trigger),
        ("closePosition", "true"), ("workingType", "MARK_PRICE"), ("priceProtect", "TRUE"), ("clientAlgoId", id));
}
