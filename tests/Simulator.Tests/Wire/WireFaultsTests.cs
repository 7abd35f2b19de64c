using System.Net;
using System.Text;
using System.Text.Json;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Market;
using FuturesBot.Simulator.Wire;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Simulator.Tests.Wire;

public sealed class WireFaultsTests
{
    private const string Ping = "/fapi/v1/ping";

    [Fact]
    public void Read_AWholeScript_IsUnderstood()
    {
        var script = FaultScriptFile.Read("""
            {
              // comments are allowed, and a comma after the last item too
              "seed": 7,
              "changes": { "algoService": false, "streamRoutes": false },
              "rules": [
                { "fault": "latency", "call": "GET /fapi/v1/klines", "symbol": "BTCUSDT", "probability": 0.25, "count": 5, "ms": [200, 800] },
                { "fault": "lose", "stream": "*@depth*", "wallFrom": "10s", "wallTo": "2m",
                  "marketFrom": "2025-10-01T00:00:00Z", "marketTo": "2025-10-01T01:00:00Z" },
                { "fault": "unknownError", "executed": true, "ms": 5 },
              ],
            }
            """);

        Assert.Equal((7, false, false, true), (script.Seed, script.Changes.AlgoService, script.Changes.StreamRoutes, script.Changes.ManyStreams));
        Assert.Equal(
            [
                new FaultRule(FaultKind.Latency) { Call = "GET /fapi/v1/klines", Symbol = "BTCUSDT", Probability = 0.25, Count = 5, Ms = 200, MsMax = 800 },
                new FaultRule(FaultKind.Lose)
                {
                    Stream = "*@depth*", WallFrom = TimeSpan.FromSeconds(10), WallTo = TimeSpan.FromMinutes(2),
                    MarketFromMs = ScriptedMarket.StartMs, MarketToMs = ScriptedMarket.StartMs + 3_600_000,
                },
                new FaultRule(FaultKind.UnknownError) { Executed = true, Ms = 5 },
            ],
            script.Rules);
    }

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("{", "JSON")]
    [InlineData("""{"speed":1}""", "allowed are seed, changes, rules")]
    [InlineData("""{"changes":{"gravity":false}}""", "gravity")]
    [InlineData("""{"rules":[{"call":"x"}]}""", "rules[0] has no \"fault\"")]
    [InlineData("""{"rules":[{"fault":"latency"},{"fault":"gremlin"}]}""", "rules[1].fault was 'gremlin'; allowed are latency")]
    [InlineData("""{"rules":[{"fault":"latency","probability":2}]}""", "0 to 1")]
    [InlineData("""{"rules":[{"fault":"latency","wallFrom":"soon"}]}""", "rules[0].wallFrom was 'soon'")]
    [InlineData("""{"rules":[{"fault":"latency","often":true}]}""", "has 'often'")]
    [InlineData("""{"rules":[{"fault":"latency","ms":"5"}]}""", "")]
    public void Read_NoScript_SaysWhatIsWrong(string json, string said)
    {
        var wrong = Assert.Throws<FormatException>(() => FaultScriptFile.Read(json));

        Assert.Contains(said, wrong.Message);
    }

    [Fact]
    public void Rule_ProbabilityAndSeed_StrikeTheSameCallsAgain()
    {
        bool[] Struck(long seed)
        {
            var control = Control(new(FaultKind.Latency) { Probability = 0.3 }, seed: seed);
            return [.. Enumerable.Range(0, 1_000).Select(_ => control.OfCall(FaultKind.Latency, "GET /x", null) is not null)];
        }

        Assert.Equal(Struck(5), Struck(5));
        Assert.NotEqual(Struck(5), Struck(6));
        Assert.InRange(Struck(5).Count(struck => struck), 250, 350);
    }

    [Fact]
    public void Rule_WithACount_StrikesSoOften()
    {
        var control = Control(new(FaultKind.Gateway) { Count = 2 });

        Assert.Equal([true, true, false, false], Enumerable.Range(0, 4).Select(_ => control.OfCall(FaultKind.Gateway, "GET /x", null) is not null));
        Assert.Equal(2, control.Struck[FaultKind.Gateway]);
    }

    [Fact]
    public void Rule_WithWindows_StrikesInsideOfBothOnly()
    {
        var (time, market) = (new ManualTime(), 1_000L);
        var control = new FaultControl(
            new() { Rules = [new(FaultKind.Gateway) { WallFrom = TimeSpan.FromSeconds(10), WallTo = TimeSpan.FromSeconds(20), MarketFromMs = 2_000 }] },
            time,
            () => market);
        bool Strikes() => control.OfCall(FaultKind.Gateway, "GET /x", null) is not null;

        time.Advance(TimeSpan.FromSeconds(15));
        Assert.False(Strikes());
        market = 2_000;
        Assert.True(Strikes());
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(Strikes());
    }

    [Fact]
    public void Settling_OfAPlacedOrder_SaysHowLongItStaysHidden()
    {
        var control = Control(new(FaultKind.Settling) { Call = "POST /fapi/v1/algoOrder", Ms = 2_500 });

        Assert.Equal((2_500, 0), (control.HiddenForMs("/fapi/v1/algoOrder", "BTCUSDT"), control.HiddenForMs("/fapi/v1/order", "BTCUSDT")));
    }

    [Fact]
    public void OfSeed_EveryDay_HasItsOwnRules()
    {
        Assert.Equal(FaultScript.OfSeed(3).Rules, FaultScript.OfSeed(3).Rules);
        Assert.NotEqual(FaultScript.OfSeed(3).Rules, FaultScript.OfSeed(4).Rules);
        Assert.All(FaultScript.OfSeed(3).Rules, rule => Assert.InRange(rule.Probability, 0.00001, 0.6));
    }

    [Theory]
    [InlineData(FaultKind.UnknownError, 503, -1001, "Unknown error")]
    [InlineData(FaultKind.UnexpectedResponse, 503, -1006, "Execution status unknown")]
    [InlineData(FaultKind.BackendTimeout, 408, -1007, "execution status unknown")]
    [InlineData(FaultKind.ServiceUnavailable, 503, -1001, "Service Unavailable.")]
    [InlineData(FaultKind.InternalError, 503, -1001, "Internal error")]
    [InlineData(FaultKind.Overloaded, 503, -1008, "throttled")]
    [InlineData(FaultKind.Maintenance, 503, -1001, "maintenance")]
    [InlineData(FaultKind.TooManyRequests, 429, -1003, "Too many")]
    [InlineData(FaultKind.Ban, 418, -1003, "banned until")]
    [InlineData(FaultKind.BlockedRegion, 451, 0, "restricted location")]
    public async Task Call_WithAFaultOfItsAnswer_IsAnsweredSo(FaultKind kind, int status, int code, string said)
    {
        await using var wire = await StartAsync(new(kind) { Call = $"GET {Ping}" });

        var (answered, json) = await wire.GetAsync(Ping);

        Assert.Equal((status, code), ((int)answered, json.GetProperty("code").GetInt32()));
        Assert.Contains(said, json.GetProperty("msg").GetString());
        if (kind is not (FaultKind.Maintenance or FaultKind.Ban)) Assert.Equal(HttpStatusCode.OK, (await wire.GetAsync("/fapi/v1/time")).Status);
    }

    [Theory]
    [InlineData(FaultKind.Forbidden, 403)]
    [InlineData(FaultKind.Gateway, 502)]
    public async Task Call_StoppedOnItsWay_GetsAPageOfHtml(FaultKind kind, int status)
    {
        await using var wire = await StartAsync(new(kind));

        using var response = await wire.Http.GetAsync(Ping, TestContext.Current.CancellationToken);

        Assert.Equal((status, "text/html"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Latency_OfACall_PassesInWallTime()
    {
        await using var wire = await StartAsync(new(FaultKind.Latency) { Ms = 800 });

        var call = wire.GetAsync(Ping);
        await TimersAsync(wire, 2);
        Assert.False(call.IsCompleted);
        wire.Advance(TimeSpan.FromMilliseconds(800));

        Assert.Equal(HttpStatusCode.OK, (await call).Status);
    }

    [Theory]
    [InlineData(FaultKind.TimeoutBefore, false)]
    [InlineData(FaultKind.TimeoutAfter, true)]
    [InlineData(FaultKind.UnknownError, true)]
    public async Task Call_WithoutAKnownAnswer_IsCarriedOutOrNotAsTheFaultSays(FaultKind kind, bool carriedOut)
    {
        await using var wire = await StartAsync(new(kind) { Ms = 1_000, Executed = true, Call = "POST /fapi/v1/listenKey" });

        var call = PostListenKeyAsync(wire);
        if (kind != FaultKind.UnknownError)
        {
            await TimersAsync(wire, 2);
            wire.Advance(TimeSpan.FromSeconds(1));
            await Assert.ThrowsAsync<HttpRequestException>(() => call);
        }
        else
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await call).StatusCode);
        }

        using var kept = new HttpRequestMessage(HttpMethod.Put, "/fapi/v1/listenKey");
        kept.Headers.Add("X-MBX-APIKEY", "simulator");
        using var response = await wire.Http.SendAsync(kept, TestContext.Current.CancellationToken);
        Assert.Equal(carriedOut, response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Overloaded_ReduceOnlyOrder_IsExempt()
    {
        var part = new Endpoint("POST", "/fapi/v1/order", Security.None, _ => Answer.Empty);
        await using var wire = await StartAsync(new(FaultKind.Overloaded), part);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await wire.Http.PostAsync("/fapi/v1/order?side=BUY", null, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await wire.Http.PostAsync("/fapi/v1/order?reduceOnly=true", null, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task ClockSkew_WhileItLasts_MovesServerTime()
    {
        await using var wire = await StartAsync(new(FaultKind.ClockSkew) { Ms = -7_000 });

        var (_, json) = await wire.GetAsync("/fapi/v1/time");

        Assert.Equal(ScriptedMarket.StartMs - 7_000, json.GetProperty("serverTime").GetInt64());
    }

    [Fact]
    public async Task StaleSnapshot_OfABook_IsAsItWas()
    {
        await using var wire = await StartAsync(new(FaultKind.StaleSnapshot) { Ms = 10_000 });
        await wire.MoveMarketAsync(2_500);
        wire.Market.Books[0].LastUpdateId = 900;

        var (_, json) = await wire.GetAsync("/fapi/v1/depth?symbol=BTCUSDT&limit=5");

        Assert.Equal(500, json.GetProperty("lastUpdateId").GetInt64());
        wire.Exchange.Control.Clear();
        Assert.Equal(900, (await wire.GetAsync("/fapi/v1/depth?symbol=BTCUSDT&limit=5")).Json.GetProperty("lastUpdateId").GetInt64());
    }

    [Fact]
    public async Task UnknownEnums_InExchangeInfo_StandBesideTheKnownOnes()
    {
        await using var wire = await StartAsync(new(FaultKind.UnknownEnums));

        var text = (await wire.GetAsync("/fapi/v1/exchangeInfo")).Json.GetRawText();

        Assert.All(["MOONUSDT", "LUNAR_PERPETUAL", "ECLIPSED", "GRAVITY", "PHOTONS", "BTCUSDT", "PRICE_FILTER"], word => Assert.Contains(word, text));
    }

    [Theory]
    [InlineData("/fapi/v1/time", "{\"newField\":{\"a\":[1,\"x\",null]},\"serverTime\":")]
    [InlineData("/fapi/v1/premiumIndex", "[{\"newField\":{\"a\":[1,\"x\",null]},\"symbol\":")]
    [InlineData("/fapi/v1/markPriceKlines?symbol=BTCUSDT&interval=1m", "\"0\",\"new\"]]")]
    public async Task UnknownFields_OfAnswers_ComeInObjectsAndRows(string path, string part)
    {
        await using var wire = await StartAsync(new(FaultKind.UnknownFields));

        Assert.Contains(part, (await wire.GetAsync(path)).Json.GetRawText());
    }

    [Fact]
    public void Rubbish_InEveryForm_IsNotTheMessage()
    {
        var good = """{"e":"aggTrade","p":"100.5","q":"2"}"""u8.ToArray();
        var forms = Enumerable.Range(0, 6).Select(dice => Encoding.Latin1.GetString(Spoiled.Rubbish(good, dice).Span)).ToArray();

        Assert.Equal(6, forms.Distinct().Count());
        Assert.DoesNotContain(Encoding.Latin1.GetString(good), forms);
        Assert.Contains("""{"e":"aggTrade","p":"-100.5","q":"2"}""", forms);
        Assert.Contains("""{"e":"aggTrade","p":"NaN","q":"2"}""", forms);
    }

    [Fact]
    public async Task RubbishAnswer_OverTheWire_ComesWithStatus200InSeveralForms()
    {
        await using var wire = await StartAsync(new(FaultKind.RubbishAnswer) { Call = "GET /fapi/v1/premiumIndex", Count = 40 });
        var answers = new List<byte[]>();
        for (var i = 0; i < 41; i++)
        {
            using var response = await wire.Http.GetAsync("/fapi/v1/premiumIndex", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            answers.Add(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }

        var texts = answers.Select(Encoding.Latin1.GetString).ToArray();
        Assert.All(texts.SkipLast(1), text => Assert.NotEqual(texts[^1], text));   // the last one is as it should be
        Assert.Equal(6, texts.SkipLast(1).Distinct().Count());
        Assert.Contains(texts, text => text.Contains("NaN"));
        Assert.Equal(40, wire.Exchange.Control.Struck[FaultKind.RubbishAnswer]);
        Assert.Equal(HttpStatusCode.OK, (await wire.GetAsync("/fapi/v1/time")).Status);
    }

    [Fact]
    public async Task RubbishAnswer_ToACallThatChangesSomething_IsCarriedOut()
    {
        await using var wire = await StartAsync(new(FaultKind.RubbishAnswer) { Call = "POST *", Count = 1 });
        using (var spoiled = await PostListenKeyAsync(wire)) Assert.Equal(HttpStatusCode.OK, spoiled.StatusCode);

        using var request = new HttpRequestMessage(HttpMethod.Put, "/fapi/v1/listenKey");
        request.Headers.Add("X-MBX-APIKEY", "simulator");
        using var kept = await wire.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);   // −1125 if there were none
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task RubbishEvent_OverTheWire_StandsInItsPlaceAndTheNextIsWhole(long seed)
    {
        var rule = new FaultRule(FaultKind.RubbishEvent) { Stream = "*@aggTrade", Symbol = "BTCUSDT", Count = 1 };
        await using var wire = await WireExchange.StartAsync(new() { Faults = new() { Seed = seed, Rules = [rule] } });
        using var socket = await wire.ConnectAsync("/market/ws/btcusdt@aggTrade");
        Tell(wire.Market, 3);

        await wire.MoveMarketAsync(500);

        Assert.Equal(1, wire.Exchange.Control.Struck[FaultKind.RubbishEvent]);
        var text = await socket.ReadTextAsync();
        if (text is null) return;   // text that is no UTF-8 ends the connection at its reader, as RFC 6455 wants it
        Assert.False(IsJson(text) && !text.Contains("NaN") && !text.Contains("99999999") && !text.Contains("\"-"), text);
        Assert.Equal("2 3", await IdsAsync(socket, 2));
    }

    [Fact]
    public async Task ExpireListenKeys_AsATimedRule_StrikesInItsTimeOnly()
    {
        await using var wire = await StartAsync(
            new(FaultKind.ExpireListenKeys) { WallFrom = TimeSpan.FromSeconds(5), WallTo = TimeSpan.FromSeconds(8) });
        var key = await ListenKeyAsync(wire);
        using var socket = await wire.ConnectAsync($"/private/ws/{key}");
        await wire.MoveMarketAsync(4_000);
        Assert.Equal(key, await ListenKeyAsync(wire));

        await wire.MoveMarketAsync(9_000);

        var expired = await socket.ReadAsync();
        Assert.Equal(("listenKeyExpired", key), (expired.GetProperty("e").GetString(), expired.GetProperty("listenKey").GetString()));
        var next = await ListenKeyAsync(wire);
        Assert.NotEqual(key, next);
        await wire.MoveMarketAsync(12_000);
        Assert.Equal(next, await ListenKeyAsync(wire));
        Assert.Equal(1, wire.Exchange.Control.Struck[FaultKind.ExpireListenKeys]);
    }

    [Fact]
    public async Task Events_Lost_AreTheOnesOfTheRuleOnly()
    {
        await using var wire = await StartAsync(new(FaultKind.Lose) { Stream = "*@aggTrade", Symbol = "BTCUSDT", Count = 2 });
        using var socket = await wire.ConnectAsync("/market/ws/btcusdt@aggTrade");
        Tell(wire.Market, 4);

        await wire.MoveMarketAsync(500);

        Assert.Equal("3 4", await IdsAsync(socket, 2));
        Assert.Equal(2, wire.Exchange.Control.Struck[FaultKind.Lose]);
    }

    [Fact]
    public async Task Events_Doubled_ComeTwice()
    {
        await using var wire = await StartAsync(new(FaultKind.Double) { Count = 1 });
        using var socket = await wire.ConnectAsync("/market/ws/btcusdt@aggTrade");
        Tell(wire.Market, 2);

        await wire.MoveMarketAsync(500);

        Assert.Equal("1 1 2", await IdsAsync(socket, 3));
    }

    [Fact]
    public async Task Events_Reordered_ChangePlacesWithTheNext()
    {
        await using var wire = await StartAsync(new(FaultKind.Reorder) { Count = 1 });
        using var socket = await wire.ConnectAsync("/market/ws/btcusdt@aggTrade");
        Tell(wire.Market, 3);

        await wire.MoveMarketAsync(500);

        Assert.Equal("2 1 3", await IdsAsync(socket, 3));
    }

    [Fact]
    public async Task Events_Delayed_AreOvertaken()
    {
        await using var wire = await StartAsync(new(FaultKind.Delay) { Count = 1, Ms = 1_000 });
        using var socket = await wire.ConnectAsync("/market/ws/btcusdt@aggTrade");
        Tell(wire.Market, 3);

        await wire.MoveMarketAsync(500);
        Assert.Equal("2 3", await IdsAsync(socket, 2));
        wire.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await IdAsync(socket));
    }

    [Fact]
    public async Task Events_OfUnknownKindsAndFields_ComeAmongTheOthers()
    {
        await using var wire = await StartAsync(new(FaultKind.UnknownEnums) { Count = 1, Stream = "*" });
        wire.Exchange.Control.Add(new(FaultKind.UnknownFields) { Count = 1, Stream = "*" });
        using var socket = await wire.ConnectAsync("/market/ws/btcusdt@aggTrade");
        Tell(wire.Market, 1);

        await wire.MoveMarketAsync(500);

        Assert.Equal("somethingNew", (await socket.ReadAsync()).GetProperty("e").GetString());
        Assert.True((await socket.ReadAsync()).TryGetProperty("newField", out _));
    }

    [Fact]
    public async Task Silence_OfAConnection_LetsItAnswerButNotTell()
    {
        await using var wire = await StartAsync(new(FaultKind.Silence) { Stream = "/market", Count = 1, Ms = 30_000 });
        using var socket = await wire.ConnectAsync("/market/ws/btcusdt@aggTrade");
        await wire.MoveMarketAsync(1_500);
        wire.Market.At(2_000, to => to.OnAggTrade(0, Trade(1)));
        wire.Market.At(40_000, to => to.OnAggTrade(0, Trade(2)));

        await wire.MoveMarketAsync(3_000);
        await socket.SubscribeAsync("ethusdt@aggTrade");
        await wire.MoveMarketAsync(40_100);

        Assert.Equal(2, await IdAsync(socket));
    }

    [Fact]
    public async Task Disconnect_OfARoute_CutsItsConnectionsOnly()
    {
        await using var wire = await StartAsync(new(FaultKind.Disconnect) { Stream = "/market" });
        using var market = await wire.ConnectAsync("/market/ws");
        using var books = await wire.ConnectAsync("/public/ws");

        await wire.MoveMarketAsync(1_500);

        Assert.Null(await market.ReadTextAsync());
        await books.SubscribeAsync("btcusdt@depth");
    }

    [Fact]
    public async Task Maintenance_WhileItLasts_KeepsStreamsOut()
    {
        await using var wire = await StartAsync(new(FaultKind.Maintenance) { WallFrom = TimeSpan.FromSeconds(1), WallTo = TimeSpan.FromSeconds(10) });
        using var socket = await wire.ConnectAsync("/market/ws");

        await wire.MoveMarketAsync(2_500);

        Assert.Null(await socket.ReadTextAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => wire.ConnectAsync("/market/ws"));
        await wire.MoveMarketAsync(11_000);
        using var again = await wire.ConnectAsync("/market/ws");
        await again.SubscribeAsync("btcusdt@aggTrade");
    }

    [Fact]
    public async Task Control_OverTheWire_SwitchesFaultsAndTellsTheTruth()
    {
        await using var wire = await WireExchange.StartAsync(new() { KeepTruth = true });
        using var socket = await wire.ConnectAsync("/public/ws/btcusdt@depth@100ms");
        wire.Market.At(100, to => to.OnDepth(0, new(ScriptedMarket.StartMs, ScriptedMarket.StartMs, 490, 500, 489, [new(1_000_000, 1_500)], [])));
        await wire.MoveMarketAsync(200);
        await socket.ReadAsync();

        using var rule = new StringContent("""{"fault":"gateway","call":"GET /fapi/v1/ping"}""");
        using var added = await wire.Http.PostAsync("/sim/faults", rule, TestContext.Current.CancellationToken);
        Assert.Equal("""{"id":1}""", await added.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.BadGateway, (await wire.Http.GetAsync(Ping, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal("gateway", (await wire.GetAsync("/sim/faults")).Json[0].GetProperty("fault").GetString());
        await wire.Http.DeleteAsync("/sim/faults?id=1", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, (await wire.GetAsync(Ping)).Status);

        var (_, book) = await wire.GetAsync("/sim/truth/book?symbol=BTCUSDT&updateId=500");
        Assert.Equal(("100000.00", "0.900"), (book.GetProperty("bid").GetString(), book.GetProperty("ask_quantity").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await wire.GetAsync("/sim/truth/book?symbol=BTCUSDT&updateId=501")).Status);
        var (_, status) = await wire.GetAsync("/sim/status");
        Assert.Equal((1, 1), (status.GetProperty("connections").GetInt32(), status.GetProperty("faults_struck").GetProperty("gateway").GetInt32()));
    }

    private static FaultControl Control(FaultRule rule, long seed = 1) =>
        new(new() { Seed = seed, Rules = [rule] }, new ManualTime(), () => 0);

    private static Task<WireExchange> StartAsync(FaultRule rule, params Endpoint[] further) =>
        WireExchange.StartAsync(new() { Faults = new() { Rules = [rule] } }, further: further);

    private static async Task<HttpResponseMessage> PostListenKeyAsync(WireExchange wire)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/fapi/v1/listenKey");
        request.Headers.Add("X-MBX-APIKEY", "simulator");
        return await wire.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<string> ListenKeyAsync(WireExchange wire)
    {
        using var response = await PostListenKeyAsync(wire);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("listenKey").GetString()!;
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // The engine's beat is one; a call that waits is another.
    private static async Task TimersAsync(WireExchange wire, int count)
    {
        while (wire.Time.TimersWaiting < count) await Task.Yield();
    }

    private static void Tell(ScriptedMarket market, int trades)
    {
        for (var i = 1; i <= trades; i++)
        {
            var id = i;
            market.At(100 + i, to => to.OnAggTrade(0, Trade(id)));
        }
    }

    private static AggTrade Trade(long id) => new(id, id, id, ScriptedMarket.StartMs, 1_000_000, 5, BuyerIsMaker: false);

    private static async Task<string> IdsAsync(WireSocket socket, int count)
    {
        var ids = new long[count];
        for (var i = 0; i < count; i++) ids[i] = await IdAsync(socket);
        return string.Join(' ', ids);
    }

    private static async Task<long> IdAsync(WireSocket socket) => (await socket.ReadAsync()).GetProperty("a").GetInt64();
}
