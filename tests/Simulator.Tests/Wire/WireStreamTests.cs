using System.Net.WebSockets;
using System.Text.Json;
using FuturesBot.Simulator.Market;
using Xunit;

namespace FuturesBot.Simulator.Tests.Wire;

public sealed class WireStreamTests
{
    private const string Acknowledged = """{"result":null,"id":1}""";

    [Theory]
    [InlineData("1", "1")]
    [InlineData("\"a-1\"", "\"a-1\"")]
    [InlineData("null", "null")]
    public async Task Subscribe_AnyId_IsAcknowledgedWithIt(string id, string answered)
    {
        await using var wire = await WireExchange.StartAsync();
        using var socket = await wire.ConnectAsync("/market/stream");

        await socket.SendAsync($$"""{"method":"SUBSCRIBE","params":["btcusdt@aggTrade"],"id":{{id}}}""");

        Assert.Equal($$"""{"result":null,"id":{{answered}}}""", await socket.ReadTextAsync());
    }

    [Fact]
    public async Task Kline_Combined_IsWrappedWithItsNameAndHasEveryField()
    {
        await using var wire = await WireExchange.StartAsync();
        using var socket = await wire.ConnectAsync("/market/stream");
        await socket.SubscribeAsync("btcusdt@kline_1m");
        wire.Market.At(60_000, to => to.OnKline(0, KlineInterval.M1, ScriptedMarket.Minute(0), closed: true));

        await wire.MoveMarketAsync(60_000);

        Assert.Equal(
            """{"stream":"btcusdt@kline_1m","data":{"e":"kline","E":1759276860000,"s":"BTCUSDT","k":{"t":1759276800000,"T":1759276859999,"s":"BTCUSDT","i":"1m","f":100,"L":176,"o":"100000.00","c":"100000.00","h":"100005.00","l":"99995.00","v":"12.345","n":77,"x":true,"q":"1234500.5","V":"6.000","Q":"600000.25","B":"0"}}}""",
            await socket.ReadTextAsync());
    }

    [Theory]
    [InlineData("/market/ws/btcusdt@aggTrade")]
    [InlineData("/market/stream?streams=btcusdt@aggTrade/ethusdt@aggTrade")]
    [InlineData("/market/ws?streams=btcusdt@aggTrade")]
    public async Task Connect_StreamsInTheAddress_AreSubscribed(string path)
    {
        await using var wire = await WireExchange.StartAsync();
        using var socket = await wire.ConnectAsync(path);
        wire.Market.At(1_000, to => to.OnAggTrade(0, new(5, 6, 7, ScriptedMarket.StartMs + 950, 1_000_001, 2_500, BuyerIsMaker: true)));

        await wire.MoveMarketAsync(1_000);

        var json = await socket.ReadAsync();
        if (path.Contains("stream?", StringComparison.Ordinal)) json = json.GetProperty("data");
        Assert.Equal(
            $$"""{"e":"aggTrade","E":{{ScriptedMarket.StartMs + 1_000}},"a":5,"s":"BTCUSDT","p":"100000.10","q":"2.500","nq":"2.500","f":6,"l":7,"T":{{ScriptedMarket.StartMs + 950}},"m":true,"st":1}""",
            json.GetRawText());
    }

    [Theory]
    [InlineData("/public/stream", "btcusdt@kline_1m")]
    [InlineData("/market/stream", "btcusdt@bookTicker")]
    [InlineData("/market/stream", "BTCUSDT@kline_1m")]
    [InlineData("/market/stream", "nopeusdt@kline_1m")]
    [InlineData("/private/stream", "btcusdt@bookTicker")]
    [InlineData("/stream", "btcusdt@bookTicker")]
    [InlineData("/ws", "btcusdt@kline_1m")]
    public async Task Subscribe_WrongRouteOrName_IsAcknowledgedAndStaysSilent(string path, string stream)
    {
        await using var wire = await WireExchange.StartAsync();
        using var socket = await wire.ConnectAsync(path);
        await socket.SubscribeAsync(stream);
        TellEverything(wire.Market);

        await wire.MoveMarketAsync(1_000);

        // The next thing that is heard is the answer to a question of its own.
        await socket.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":2}""");
        Assert.Equal($$"""{"result":["{{stream}}"],"id":2}""", await socket.ReadTextAsync());
    }

    [Fact]
    public async Task Subscribe_LegacyRouteBeforeTheSplit_IsHeard()
    {
        await using var wire = await WireExchange.StartAsync(new() { Faults = new() { Changes = new() { StreamRoutes = false } } });
        using var socket = await wire.ConnectAsync("/ws");
        await socket.SubscribeAsync("btcusdt@kline_1m");
        TellEverything(wire.Market);

        await wire.MoveMarketAsync(1_000);

        Assert.Equal("kline", (await socket.ReadAsync()).GetProperty("e").GetString());
    }

    [Fact]
    public async Task Subscribe_Twice_EachEventComesOnce()
    {
        await using var wire = await WireExchange.StartAsync();
        using var socket = await wire.ConnectAsync("/public/stream");
        await socket.SubscribeAsync("btcusdt@bookTicker");
        await socket.SubscribeAsync("btcusdt@bookTicker");
        for (var i = 0; i < 3; i++)
        {
            var id = i;
            wire.Market.At(1_000 + i, to => to.OnBookTicker(0, Ticker(id)));
        }

        await wire.MoveMarketAsync(1_100);

        for (var i = 0; i < 3; i++) Assert.Equal(i, (await socket.ReadAsync()).GetProperty("data").GetProperty("u").GetInt64());
        await socket.SendAsync("""{"method":"UNSUBSCRIBE","params":["btcusdt@bookTicker"],"id":1}""");
        Assert.Equal(Acknowledged, await socket.ReadTextAsync());
        wire.Market.At(2_000, to => to.OnBookTicker(0, Ticker(9)));
        await wire.MoveMarketAsync(2_100);
        await socket.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":2}""");
        Assert.Equal("""{"result":[],"id":2}""", await socket.ReadTextAsync());
    }

    [Fact]
    public async Task BookTicker_OfTheLeaderAmongAll_ComesWithACoinMarginedOne()
    {
        await using var wire = await WireExchange.StartAsync();
        using var socket = await wire.ConnectAsync("/public/ws/!bookTicker");
        wire.Market.At(500, to => to.OnBookTicker(0, Ticker(5)));

        await wire.MoveMarketAsync(500);

        var own = await socket.ReadAsync();
        var other = await socket.ReadAsync();
        Assert.Equal(("BTCUSDT", 1, "BTCUSDT"), (Text(own, "s"), own.GetProperty("st").GetInt32(), Text(own, "ps")));
        Assert.Equal(("BTCUSD_PERP", 2, "BTCUSD"), (Text(other, "s"), other.GetProperty("st").GetInt32(), Text(other, "ps")));
    }

    [Fact]
    public async Task Depth_HundredMilliseconds_IsEachChangeAsToldWithItsChain()
    {
        await using var wire = await WireExchange.StartAsync();
        using var socket = await wire.ConnectAsync("/public/ws/btcusdt@depth@100ms");
        TellDepth(wire.Market, changes: 3);

        await wire.MoveMarketAsync(400);

        for (var i = 1; i <= 3; i++)
        {
            var json = await socket.ReadAsync();
            Assert.Equal((10 * i, (10 * i) + 5, (10 * i) - 5), (Number(json, "U"), Number(json, "u"), Number(json, "pu")));
        }
    }

    [Fact]
    public async Task Depth_HalfASecond_MergesWithTheLastQuantityOfEachPrice()
    {
        await using var wire = await WireExchange.StartAsync();
        using var socket = await wire.ConnectAsync("/public/ws/btcusdt@depth@500ms");
        TellDepth(wire.Market, changes: 11);

        await wire.MoveMarketAsync(1_200);

        // The changes of 100 ms; of 200 to 500; of 600 to 1,000; the one of 1,100 waits.
        var first = await socket.ReadAsync();
        Assert.Equal((10, 15, 5), (Number(first, "U"), Number(first, "u"), Number(first, "pu")));
        var second = await socket.ReadAsync();
        Assert.Equal((20, 55, 15), (Number(second, "U"), Number(second, "u"), Number(second, "pu")));
        Assert.Equal("""[["100000.00","0.005"],["99999.50","0.500"],["99999.40","0.400"],["99999.30","0.300"],["99999.20","0.200"]]""", second.GetProperty("b").GetRawText());
        var third = await socket.ReadAsync();
        Assert.Equal((60, 105, 55), (Number(third, "U"), Number(third, "u"), Number(third, "pu")));
    }

    [Fact]
    public async Task PartialDepth_OfFiveLevels_IsTheBookAsItStands()
    {
        await using var wire = await WireExchange.StartAsync();
        using var socket = await wire.ConnectAsync("/public/ws/btcusdt@depth5@100ms");
        TellDepth(wire.Market, changes: 1);

        await wire.MoveMarketAsync(200);

        var json = await socket.ReadAsync();
        Assert.Equal(("depthUpdate", 500), (Text(json, "e"), Number(json, "u")));
        Assert.Equal("""[["100000.10","0.900"],["100000.50","0.012"]]""", json.GetProperty("a").GetRawText());
    }

    [Fact]
    public async Task Kline_Running_ComesFourTimesASecondAndTheClosedOneAlways()
    {
        await using var wire = await WireExchange.StartAsync();
        using var socket = await wire.ConnectAsync("/market/ws/btcusdt@kline_1m");
        for (var at = 50; at < 60_000; at += 50) wire.Market.At(at, to => to.OnKline(0, KlineInterval.M1, ScriptedMarket.Minute(0), closed: false));
        wire.Market.At(60_000, to => to.OnKline(0, KlineInterval.M1, ScriptedMarket.Minute(0), closed: true));
        wire.Market.At(60_050, to => to.OnKline(0, KlineInterval.M1, ScriptedMarket.Minute(1), closed: false));

        await wire.MoveMarketAsync(60_100);

        var (running, closed) = (0, 0);
        long? openedAt = null;
        while (openedAt is null)
        {
            var kline = (await socket.ReadAsync()).GetProperty("k");
            if (kline.GetProperty("t").GetInt64() > ScriptedMarket.StartMs) openedAt = kline.GetProperty("t").GetInt64();
            else if (kline.GetProperty("x").GetBoolean()) closed++;
            else running++;
        }

        Assert.Equal((240, 1, ScriptedMarket.StartMs + 60_000), (running, closed, openedAt));
    }

    [Fact]
    public async Task MarkPrice_EveryThreeSecondsOrEverySecond_AsAskedFor()
    {
        await using var wire = await WireExchange.StartAsync();
        using var slow = await wire.ConnectAsync("/market/ws/btcusdt@markPrice");
        using var fast = await wire.ConnectAsync("/market/ws/btcusdt@markPrice@1s");
        for (var at = 1_000; at <= 7_000; at += 1_000)
            wire.Market.At(at, to => to.OnMarkPrice(0, wire.Market.MarkPrice(0)));

        await wire.MoveMarketAsync(7_100);

        long[] fastTimes = [.. await TimesAsync(fast, 7)];
        long[] slowTimes = [.. await TimesAsync(slow, 3)];
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], fastTimes);
        Assert.Equal([1, 3, 6], slowTimes);
    }

    [Fact]
    public async Task AllMarkPrices_OneArray_HoldsEverySymbolAndACoinMarginedOne()
    {
        await using var wire = await WireExchange.StartAsync();
        using var socket = await wire.ConnectAsync("/market/stream?streams=!markPrice@arr@1s");

        await wire.MoveMarketAsync(1_000);

        var json = await socket.ReadAsync();
        Assert.Equal("!markPrice@arr@1s", Text(json, "stream"));
        Assert.Equal(
            [("BTCUSDT", 1), ("BTCUSD_PERP", 2), ("ETHUSDT", 1)],
            json.GetProperty("data").EnumerateArray().Select(mark => (Text(mark, "s"), mark.GetProperty("st").GetInt32())));
    }

    [Fact]
    public async Task AllTickers_SinceTheyAreDeprecated_StaySilentAndTheMiniOnesDoNot()
    {
        await using var wire = await WireExchange.StartAsync();
        using var socket = await wire.ConnectAsync("/market/stream?streams=!ticker@arr/!miniTicker@arr");

        await wire.MoveMarketAsync(3_500);

        for (var i = 0; i < 3; i++) Assert.Equal("!miniTicker@arr", Text(await socket.ReadAsync(), "stream"));
    }

    [Theory]
    [InlineData("nonsense", 3)]
    [InlineData("""{"method":"DANCE","params":[],"id":1}""", 2)]
    [InlineData("""{"method":"SUBSCRIBE","params":[1],"id":1}""", 2)]
    [InlineData("""{"method":"SUBSCRIBE","id":1}""", 2)]
    [InlineData("""{"method":"SUBSCRIBE","params":["a"],"id":-1}""", 2)]
    [InlineData("""["SUBSCRIBE"]""", 2)]
    [InlineData("""{"method":"SET_PROPERTY","params":["combined",5],"id":1}""", 2)]
    [InlineData("""{"method":"SET_PROPERTY","params":["speed",true],"id":1}""", 0)]
    public async Task Requests_ThatAreWrong_AreAnsweredWithAnErrorAndTheConnectionLives(string request, int code)
    {
        await using var wire = await WireExchange.StartAsync();
        using var socket = await wire.ConnectAsync("/market/ws");

        await socket.SendAsync(request);

        Assert.Equal(code, (await socket.ReadAsync()).GetProperty("error").GetProperty("code").GetInt32());
        await socket.SubscribeAsync("btcusdt@aggTrade");
    }

    [Fact]
    public async Task SetProperty_Combined_ChangesTheShape()
    {
        await using var wire = await WireExchange.StartAsync();
        using var socket = await wire.ConnectAsync("/market/ws/!miniTicker@arr");
        await socket.SendAsync("""{"method":"SET_PROPERTY","params":["combined",true],"id":1}""");
        Assert.Equal(Acknowledged, await socket.ReadTextAsync());

        await wire.MoveMarketAsync(1_000);

        Assert.Equal("!miniTicker@arr", Text(await socket.ReadAsync(), "stream"));
    }

    [Fact]
    public async Task Requests_MoreThanTenInASecond_CloseTheConnection()
    {
        await using var wire = await WireExchange.StartAsync();
        using var socket = await wire.ConnectAsync("/market/ws");
        for (var i = 0; i < 11; i++) await socket.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");

        var answers = 0;
        while (await socket.ReadTextAsync() is not null) answers++;

        Assert.Equal((10, WebSocketCloseStatus.PolicyViolation), (answers, socket.CloseStatus));
    }

    [Fact]
    public async Task Requests_TenInEverySecond_AreFine()
    {
        await using var wire = await WireExchange.StartAsync();
        using var socket = await wire.ConnectAsync("/market/ws");
        for (var second = 0; second < 3; second++)
        {
            for (var i = 0; i < 10; i++)
            {
                await socket.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
                Assert.NotNull(await socket.ReadTextAsync());
            }

            wire.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Theory]
    [InlineData(true, 1_024)]
    [InlineData(false, 200)]
    public async Task Subscribe_MoreStreamsThanAllowed_IsRefusedWhole(bool manyStreams, int most)
    {
        await using var wire = await WireExchange.StartAsync(new() { Faults = new() { Changes = new() { ManyStreams = manyStreams } } });
        using var socket = await wire.ConnectAsync("/market/ws");
        await socket.SubscribeAsync([.. Enumerable.Range(0, most).Select(i => $"coin{i}usdt@kline_1m")]);

        await socket.SendAsync("""{"method":"SUBSCRIBE","params":["coin0usdt@kline_1m","btcusdt@kline_1m"],"id":1}""");

        Assert.Equal(2, (await socket.ReadAsync()).GetProperty("error").GetProperty("code").GetInt32());
        await socket.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":2}""");
        Assert.Equal(most, (await socket.ReadAsync()).GetProperty("result").GetArrayLength());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Life_AtItsEnd_IsCut(bool onMarketTime)
    {
        await using var wire = await WireExchange.StartAsync(new()
        {
            ConnectionLife = TimeSpan.FromMinutes(1),
            ConnectionLifeOnMarketTime = onMarketTime,
            Speed = onMarketTime ? 10 : 1,
        });
        using var socket = await wire.ConnectAsync("/market/ws");
        await wire.MoveMarketAsync(58_000);
        Assert.Equal(1, wire.Exchange.Truth.Connections);

        await wire.MoveMarketAsync(62_000);

        Assert.Null(await socket.ReadTextAsync());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);
    }

    [Fact]
    public async Task Market_AtASpeed_MovesInSlicesOfTheThinning()
    {
        await using var wire = await WireExchange.StartAsync(new() { Speed = 60, ThinnedTo = TimeSpan.FromMilliseconds(50) });

        await wire.MoveMarketAsync(10_000);

        Assert.Equal([3_000], wire.Market.Slices);
    }

    [Fact]
    public async Task Market_NobodyListening_WantsNothing()
    {
        await using var wire = await WireExchange.StartAsync();
        await wire.MoveMarketAsync(100);
        Assert.Equal(MarketFeeds.None, wire.Market.Wanted);
        using (var socket = await wire.ConnectAsync("/public/ws/btcusdt@depth@100ms"))
        {
            await wire.MoveMarketAsync(Passed(wire) + 200);   // the market may be further than it was asked to be
            Assert.Equal(MarketFeeds.Depth, wire.Market.Wanted);
        }

        while (wire.Exchange.Truth.Connections > 0) await Task.Yield();
        await wire.MoveMarketAsync(Passed(wire) + 200);
        Assert.Equal(MarketFeeds.None, wire.Market.Wanted);
    }

    [Fact]
    public async Task SlowReader_Waiting_LosesNothingAndTheMarketStandsStill()
    {
        const int Candles = 20_000;
        await using var wire = await WireExchange.StartAsync(new() { QueueMax = 100, Speed = 60_000 });
        using var socket = await wire.ConnectAsync("/market/ws/btcusdt@kline_1m");
        for (var i = 0; i < Candles; i++)
        {
            var number = i;
            wire.Market.At((number + 1) * 60_000L, to => to.OnKline(0, KlineInterval.M1, ScriptedMarket.Minute(number), closed: true));
        }

        for (var i = 0; i < 2_000; i++) wire.Advance(TimeSpan.FromMilliseconds(20));
        var standing = wire.Exchange.NowMs;
        Assert.InRange(standing, ScriptedMarket.StartMs, ScriptedMarket.StartMs + ((Candles - 1) * 60_000L));

        for (var i = 0; i < Candles; i++)
        {
            while (wire.Exchange.NowMs <= ScriptedMarket.StartMs + (i * 60_000L)) wire.Advance(TimeSpan.FromMilliseconds(20));
            Assert.Equal(ScriptedMarket.StartMs + (i * 60_000L), (await socket.ReadAsync()).GetProperty("k").GetProperty("t").GetInt64());
        }
    }

    [Fact]
    public async Task SlowReader_Disconnecting_IsCutAndTheMarketGoesOn()
    {
        await using var wire = await WireExchange.StartAsync(new() { QueueMax = 100, Speed = 60_000, SlowReader = SlowReader.Disconnect });
        using var socket = await wire.ConnectAsync("/market/ws/btcusdt@kline_1m");
        for (var i = 0; i < 30_000; i++)
        {
            var number = i;
            wire.Market.At((number + 1) * 60_000L, to => to.OnKline(0, KlineInterval.M1, ScriptedMarket.Minute(number), closed: true));
        }

        // It is slow only once it has heard something: what still is in the line when it is cut may be thrown away with it.
        await wire.MoveMarketAsync(60_000L);
        Assert.NotNull(await socket.ReadTextAsync());
        await wire.MoveMarketAsync(30_000 * 60_000L);

        var heard = 1;
        while (await socket.ReadTextAsync() is not null) heard++;
        Assert.InRange(heard, 1, 29_999);
    }

    [Fact]
    public async Task SlowReader_BesideAQuickOne_IsCutAloneAndTheQuickOneHearsEverything()
    {
        const int Candles = 30_000;
        await using var wire = await WireExchange.StartAsync(new() { QueueMax = 100, Speed = 60_000, SlowReader = SlowReader.Disconnect });
        using var slow = await wire.ConnectAsync("/market/ws/btcusdt@kline_1m");
        using var quick = await wire.ConnectAsync("/market/ws/btcusdt@kline_1m");
        for (var i = 0; i < Candles; i++)
        {
            var number = i;
            wire.Market.At((number + 1) * 60_000L, to => to.OnKline(0, KlineInterval.M1, ScriptedMarket.Minute(number), closed: true));
        }

        var heard = 0;
        for (var i = 0; i < Candles; i++)
        {
            while (wire.Exchange.NowMs <= ScriptedMarket.StartMs + (i * 60_000L))
            {
                wire.Advance(TimeSpan.FromMilliseconds(20));
                await Task.Yield();
            }

            Assert.Equal(ScriptedMarket.StartMs + (i * 60_000L), (await quick.ReadAsync()).GetProperty("k").GetProperty("t").GetInt64());
            if (i > 0) continue;
            Assert.NotNull(await slow.ReadTextAsync());   // then it stops listening: what is in the line at the cut may be thrown away
            heard++;
        }

        while (await slow.ReadTextAsync() is not null) heard++;
        Assert.InRange(heard, 1, Candles - 1);
    }

    private static long Passed(WireExchange wire) => wire.Exchange.NowMs - ScriptedMarket.StartMs;

    private static void TellEverything(ScriptedMarket market) => market.At(500, to =>
    {
        to.OnKline(0, KlineInterval.M1, ScriptedMarket.Minute(0), closed: true);
        to.OnBookTicker(0, Ticker(1));
    });

    // A change every 100 ms: the best bid with a new quantity, and a level of its own further down.
    private static void TellDepth(ScriptedMarket market, int changes)
    {
        for (var i = 1; i <= changes; i++)
        {
            var number = i;
            market.At(100 * i, to => to.OnDepth(0, new(
                ScriptedMarket.StartMs + (100 * number), ScriptedMarket.StartMs + (100 * number) - 2, 10 * number, (10 * number) + 5, (10 * number) - 5,
                [new(1_000_000, number), new(999_990 + number, 100 * number)], [])));
        }
    }

    private static BookTicker Ticker(long id) => new(id, ScriptedMarket.StartMs, ScriptedMarket.StartMs, new(1_000_000, 5), new(1_000_001, 7));

    private static async Task<IReadOnlyList<long>> TimesAsync(WireSocket socket, int count)
    {
        var times = new List<long>();
        for (var i = 0; i < count; i++) times.Add((Number(await socket.ReadAsync(), "E") - ScriptedMarket.StartMs) / 1_000);
        return times;
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static long Number(JsonElement json, string name) => json.GetProperty(name).GetInt64();
}
