using System.Net.WebSockets;
using System.Text.Json;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Tests.Wire;
using FuturesBot.Simulator.Wire;
using Xunit;

namespace FuturesBot.Simulator.Tests.Trading;

/// <summary>The WebSocket API: the same exchange by another door.</summary>
public sealed class ApiSocketTests
{
    private static readonly (string, object) Btc = ("symbol", "BTCUSDT");

    [Fact]
    public async Task Order_FromPlacingToCancelling_IsTheSameAsOverRest()
    {
        await using var wire = await TradingWire.StartAsync();
        using var api = await wire.ConnectApiAsync();
        var (bid, _) = await wire.BestAsync();

        var placed = await Ok(api, wire.Request(
            "order.place", Btc, ("side", "BUY"), ("type", "LIMIT"), ("timeInForce", "GTC"), ("quantity", "0.01"), ("price", (bid - 500).ToString()),
            ("newClientOrderId", "mine")));
        var overRest = await wire.OkAsync("GET /fapi/v1/order", Btc, ("origClientOrderId", "mine"));
        var changed = await Ok(api, wire.Request(
            "order.modify", Btc, ("side", "BUY"), ("orderId", overRest.GetProperty("orderId").GetInt64()), ("quantity", "0.02"), ("price", (bid - 500).ToString())));
        var found = await Ok(api, wire.Request("order.status", Btc, ("origClientOrderId", "mine")));
        var cancelled = await Ok(api, wire.Request("order.cancel", Btc, ("origClientOrderId", "mine")));

        var id = overRest.GetProperty("orderId").GetInt64();
        Assert.All([placed, changed, found, cancelled], answer => Assert.Equal(id, answer.GetProperty("orderId").GetInt64()));
        Assert.Equal(("NEW", "0.020", "CANCELED"), (Text(placed, "status"), Text(found, "origQty"), Text(cancelled, "status")));
        Assert.Equal(-2013, await wire.CodeAsync("GET /fapi/v1/openOrder", Btc, ("orderId", id)));
    }

    [Fact]
    public async Task Algo_PlacedAndCancelled_NeedsNoSymbolToCancel()
    {
        await using var wire = await TradingWire.StartAsync();
        using var api = await wire.ConnectApiAsync();
        var (bid, _) = await wire.BestAsync();

        var placed = await Ok(api, wire.Request(
            "algoOrder.place", ("algoType", "CONDITIONAL"), Btc, ("side", "SELL"), ("type", "STOP_MARKET"), ("triggerPrice", Math.Round(bid * 0.9m, 1).ToString()),
            ("closePosition", "true"), ("clientAlgoId", "a")));
        var cancelled = await Ok(api, wire.Request("algoOrder.cancel", ("algoId", placed.GetProperty("algoId").GetInt64())));

        Assert.Equal(("NEW", "CANCELED"), (Text(placed, "algoStatus"), Text(cancelled, "algoStatus")));
    }

    [Fact]
    public async Task Account_AfterATrade_IsToldByEveryMethod()
    {
        await using var wire = await TradingWire.StartAsync();
        using var api = await wire.ConnectApiAsync();
        await Ok(api, wire.Request("order.place", Btc, ("side", "BUY"), ("type", "MARKET"), ("quantity", "0.01"), ("newOrderRespType", "RESULT")));

        Assert.Equal("0.010", Text((await Ok(api, wire.Request("v2/account.position", Btc)))[0], "positionAmt"));
        Assert.Equal("0.010", Text((await Ok(api, wire.Request("account.position", Btc)))[0], "positionAmt"));
        Assert.Equal("USDT", Text((await Ok(api, wire.Request("v2/account.balance")))[0], "asset"));
        Assert.Equal("USDT", Text((await Ok(api, wire.Request("account.balance")))[0], "asset"));
        Assert.True(decimal.Parse(Text(await Ok(api, wire.Request("v2/account.status")), "totalInitialMargin")) > 0);
        Assert.True((await Ok(api, wire.Request("account.status"))).GetProperty("canTrade").GetBoolean());
    }

    [Theory]
    [InlineData("ping", "{}", "")]
    [InlineData("time", "{}", "serverTime")]
    [InlineData("depth", """{"symbol":"BTCUSDT","limit":5}""", "lastUpdateId E T bids asks")]
    [InlineData("ticker.price", """{"symbol":"BTCUSDT"}""", "symbol price time")]
    [InlineData("ticker.book", """{"symbol":"BTCUSDT"}""", "lastUpdateId symbol bidPrice bidQty askPrice askQty time")]
    public async Task Market_EachMethod_IsAnsweredWithItsIdAndWeight(string method, string parameters, string fields)
    {
        await using var wire = await TradingWire.StartAsync();
        using var api = await wire.ConnectApiAsync();

        await api.SendAsync($$"""{"id":17,"method":"{{method}}","params":{{parameters}}}""");
        var answer = await api.ReadAsync();

        Assert.Equal((17, 200), (answer.GetProperty("id").GetInt32(), answer.GetProperty("status").GetInt32()));
        Assert.All(fields.Split(' ', StringSplitOptions.RemoveEmptyEntries), field => Assert.True(answer.GetProperty("result").TryGetProperty(field, out _), field));
        var weight = answer.GetProperty("rateLimits")[0];
        Assert.Equal(("REQUEST_WEIGHT", "MINUTE", 2_400), (Text(weight, "rateLimitType"), Text(weight, "interval"), weight.GetProperty("limit").GetInt32()));
        Assert.True(weight.GetProperty("count").GetInt32() > 5, "the handshake weighs 5 and the call more");
    }

    [Fact]
    public async Task Weight_OfBothDoors_IsOne()
    {
        await using var wire = await TradingWire.StartAsync();
        using var first = await wire.SendAsync("GET /fapi/v3/balance");
        var before = int.Parse(first.Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single());

        using var api = await wire.ConnectApiAsync();
        await api.SendAsync(wire.Request("v2/account.balance"));
        var counted = (await api.ReadAsync()).GetProperty("rateLimits")[0].GetProperty("count").GetInt32();
        using var last = await wire.SendAsync("GET /fapi/v3/balance");

        Assert.Equal((before + 10, before + 15), (counted, int.Parse(last.Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single())));
    }

    [Fact]
    public async Task Order_Placed_TellsTheOrderLimitsUnlessTheyAreNotWanted()
    {
        await using var wire = await TradingWire.StartAsync();
        using var api = await wire.ConnectApiAsync();
        using var quiet = await wire.ConnectApiAsync("?returnRateLimits=false");
        var order = wire.Request("order.place", Btc, ("side", "BUY"), ("type", "MARKET"), ("quantity", "0.01"));

        await api.SendAsync(order);
        var limits = (await api.ReadAsync()).GetProperty("rateLimits");
        await quiet.SendAsync(order);

        Assert.Equal(
            ["ORDERS 10 SECOND 300 1", "ORDERS 1 MINUTE 1200 1"],
            limits.EnumerateArray().Take(2).Select(limit =>
                $"{Text(limit, "rateLimitType")} {limit.GetProperty("intervalNum")} {Text(limit, "interval")} {limit.GetProperty("limit")} {limit.GetProperty("count")}"));
        Assert.False((await quiet.ReadAsync()).TryGetProperty("rateLimits", out _));
    }

    [Theory]
    [InlineData("{", null, 400, -1135)]
    [InlineData("[]", null, 400, -1135)]
    [InlineData("""{"id":"a"}""", "a", 400, -1135)]
    [InlineData("""{"id":"a","method":"depth","params":[]}""", "a", 400, -1135)]
    [InlineData("""{"id":"a","method":"no.such"}""", "a", 400, -5000)]
    [InlineData("""{"id":"a","method":"depth","params":{"symbol":"NOSUCH"}}""", "a", 400, -1121)]
    [InlineData("""{"id":"a","method":"depth","params":{"symbol":"BTCUSDT","symbol":"ETHUSDT"}}""", "a", 400, -1101)]
    [InlineData("""{"id":"a","method":"order.place","params":{"symbol":"BTCUSDT"}}""", "a", 401, -2014)]
    [InlineData("""{"id":"a","method":"order.place","params":{"apiKey":"other"}}""", "a", 401, -2015)]
    [InlineData("""{"id":"a","method":"order.place","params":{"apiKey":"simulator"}}""", "a", 400, -1102)]
    [InlineData("""{"id":"a","method":"order.place","params":{"apiKey":"simulator","timestamp":1,"signature":"00"}}""", "a", 400, -1021)]
    [InlineData("""{"id":"a","method":"session.logon","params":{"apiKey":"simulator"}}""", "a", 501, -4999)]
    public async Task Request_ThatIsWrong_IsRefusedAndTheConnectionLives(string request, string? id, int status, int code)
    {
        await using var wire = await TradingWire.StartAsync();
        using var api = await wire.ConnectApiAsync();

        await api.SendAsync(request);
        var answer = await api.ReadAsync();
        await api.SendAsync("""{"id":null,"method":"ping"}""");

        Assert.Equal(
            (id, status, code),
            (answer.GetProperty("id").GetString(), answer.GetProperty("status").GetInt32(), answer.GetProperty("error").GetProperty("code").GetInt32()));
        Assert.Equal(200, (await api.ReadAsync()).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Signature_OfParametersInAnotherOrder_IsRefused()
    {
        await using var wire = await TradingWire.StartAsync();
        using var api = await wire.ConnectApiAsync();
        var good = wire.Request("order.status", Btc, ("orderId", 1));

        await api.SendAsync(good.Replace("\"orderId\":1", "\"orderId\":2", StringComparison.Ordinal));

        Assert.Equal(-1022, (await api.ReadAsync()).GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task ListenKey_OverTheApi_LeadsToTheAccountsEvents()
    {
        await using var wire = await TradingWire.StartAsync();
        using var api = await wire.ConnectApiAsync();
        await api.SendAsync("""{"id":1,"method":"userDataStream.start","params":{"apiKey":"simulator"}}""");
        var key = Text((await api.ReadAsync()).GetProperty("result"), "listenKey");
        var (socket, overRest) = await wire.ListenAsync();
        using var _ = socket;

        await api.SendAsync("""{"id":2,"method":"userDataStream.ping","params":{"apiKey":"simulator"}}""");
        var kept = Text((await api.ReadAsync()).GetProperty("result"), "listenKey");
        await Ok(api, wire.Request("order.place", Btc, ("side", "BUY"), ("type", "MARKET"), ("quantity", "0.01")));
        var heard = await socket.ReadAsync();
        await api.SendAsync("""{"id":3,"method":"userDataStream.stop","params":{"apiKey":"simulator"}}""");

        Assert.Equal((key, key), (kept, overRest));
        Assert.Equal("ORDER_TRADE_UPDATE", Text(heard.GetProperty("data"), "e"));
        Assert.Equal(200, (await api.ReadAsync()).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Faults_OfACall_StrikeBehindThisDoorToo()
    {
        await using var wire = await TradingWire.StartAsync(
            new FaultRule(FaultKind.UnknownError) { Call = "POST /fapi/v1/order", Executed = true, Count = 1 },
            new FaultRule(FaultKind.TooManyRequests) { Call = "GET /fapi/v1/depth", Ms = 7_000, Count = 1 },
            new FaultRule(FaultKind.TimeoutBefore) { Call = "GET /fapi/v1/ping", Ms = 10, Count = 1 });
        using var api = await wire.ConnectApiAsync();

        await api.SendAsync(wire.Request("order.place", Btc, ("side", "BUY"), ("type", "MARKET"), ("quantity", "0.01"), ("newClientOrderId", "x")));
        var unknown = await api.ReadAsync();
        await api.SendAsync("""{"id":1,"method":"depth","params":{"symbol":"BTCUSDT"}}""");
        var many = await api.ReadAsync();
        await api.SendAsync("""{"id":"never answered","method":"ping"}""");
        await api.SendAsync("""{"id":"answered","method":"ping"}""");

        Assert.Equal((503, -1001), (unknown.GetProperty("status").GetInt32(), unknown.GetProperty("error").GetProperty("code").GetInt32()));
        Assert.Equal("FILLED", Text(await Ok(api, wire.Request("order.status", Btc, ("origClientOrderId", "x")), skip: "answered"), "status"));
        var data = many.GetProperty("error").GetProperty("data");
        Assert.Equal(7_000, data.GetProperty("retryAfter").GetInt64() - data.GetProperty("serverTime").GetInt64());
    }

    [Fact]
    public async Task Gateway_InsteadOfAnAnswer_CutsTheConnection()
    {
        await using var wire = await TradingWire.StartAsync(new FaultRule(FaultKind.Gateway) { Call = "GET /fapi/v1/ping" });
        using var api = await wire.ConnectApiAsync();

        await api.SendAsync("""{"id":1,"method":"ping"}""");

        Assert.Null(await api.ReadTextAsync());
    }

    [Theory]
    [InlineData(FaultKind.Maintenance)]
    [InlineData(FaultKind.Forbidden)]
    [InlineData(FaultKind.BlockedRegion)]
    public async Task Handshake_KeptOut_Fails(FaultKind fault)
    {
        await using var wire = await TradingWire.StartAsync(new FaultRule(fault));

        await Assert.ThrowsAsync<WebSocketException>(() => wire.ConnectApiAsync());
    }

    [Fact]
    public async Task Handshake_OfABannedAddress_Fails()
    {
        await using var wire = await TradingWire.StartAsync(new FaultRule(FaultKind.Ban) { Call = "GET /fapi/v1/order", Ms = 60_000 });
        await wire.CodeAsync("GET /fapi/v1/order", Btc, ("orderId", 1));

        await Assert.ThrowsAsync<WebSocketException>(() => wire.ConnectApiAsync());
    }

    [Fact]
    public async Task Methods_AllOfThem_LeadToACallThatExists()
    {
        await using var wire = await TradingWire.StartAsync();
        using var api = await wire.ConnectApiAsync();
        foreach (var method in ApiMethods.Names)
        {
            await api.SendAsync($$"""{"id":1,"params":{"symbol":"BTCUSDT"},"method":"{{method}}" }""");
            var text = await api.ReadTextAsync();
            Assert.DoesNotContain("-5000", text, StringComparison.Ordinal);
        }
    }

    private static async Task<JsonElement> Ok(WireSocket api, string request, string? skip = null)
    {
        await api.SendAsync(request);
        var answer = await api.ReadAsync();
        if (skip is not null)
        {
            Assert.Equal(skip, answer.GetProperty("id").GetString());
            answer = await api.ReadAsync();
        }

        Assert.True(answer.GetProperty("status").GetInt32() == 200, $"{request} was answered with {answer}");
        Assert.EndsWith("!", answer.GetProperty("id").GetString());
        return answer.GetProperty("result");
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
