using System.Net;
using System.Text.Json;
using Xunit;

namespace FuturesBot.Simulator.Tests.Wire;

public sealed class WireRestTests
{
    [Fact]
    public async Task Time_AtTheStart_IsMarketTime()
    {
        await using var wire = await WireExchange.StartAsync();

        var (status, json) = await wire.GetAsync("/fapi/v1/time");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(ScriptedMarket.StartMs, json.GetProperty("serverTime").GetInt64());
        Assert.Equal("{}", (await wire.GetAsync("/fapi/v1/ping")).Json.GetRawText());
    }

    [Fact]
    public async Task ExchangeInfo_EveryFilter_HasItsNumbersAsText()
    {
        await using var wire = await WireExchange.StartAsync();

        var (_, json) = await wire.GetAsync("/fapi/v1/exchangeInfo");

        var symbol = json.GetProperty("symbols")[0];
        Assert.Equal(
            ("BTCUSDT", "PERPETUAL", "TRADING", "COIN", "USDT"),
            (Text(symbol, "symbol"), Text(symbol, "contractType"), Text(symbol, "status"), Text(symbol, "underlyingType"), Text(symbol, "marginAsset")));
        var filters = symbol.GetProperty("filters").EnumerateArray().ToDictionary(filter => Text(filter, "filterType"));
        Assert.Equal("0.1", Text(filters["PRICE_FILTER"], "tickSize"));
        Assert.Equal("0.001", Text(filters["LOT_SIZE"], "stepSize"));
        Assert.Equal("120", Text(filters["MARKET_LOT_SIZE"], "maxQty"));
        Assert.Equal("50", Text(filters["MIN_NOTIONAL"], "notional"));
        Assert.Equal("1.0500", Text(filters["PERCENT_PRICE"], "multiplierUp"));
        Assert.Equal(200, filters["MAX_NUM_ORDERS"].GetProperty("limit").GetInt32());
        Assert.DoesNotContain("MAX_NUM_ALGO_ORDERS", filters.Keys);
        Assert.Contains(json.GetProperty("rateLimits").EnumerateArray(), limit =>
            Text(limit, "rateLimitType") == "REQUEST_WEIGHT" && limit.GetProperty("limit").GetInt32() == 2_400);
    }

    [Fact]
    public async Task Depth_OfABook_IsItsSnapshot()
    {
        await using var wire = await WireExchange.StartAsync();

        var (_, json) = await wire.GetAsync("/fapi/v1/depth?symbol=BTCUSDT&limit=5");

        Assert.Equal(
            $$"""{"lastUpdateId":500,"E":{{ScriptedMarket.StartMs}},"T":{{ScriptedMarket.StartMs}},"bids":[["100000.00","1.500"],["99999.90","0.250"]],"asks":[["100000.10","0.900"],["100000.50","0.012"]]}""",
            json.GetRawText());
    }

    [Fact]
    public async Task Klines_OfACandle_AreTwelveElements()
    {
        await using var wire = await WireExchange.StartAsync();
        wire.Market.Rows = (_, _, _, _, _) => [ScriptedMarket.Minute(0)];

        var (_, json) = await wire.GetAsync("/fapi/v1/klines?symbol=BTCUSDT&interval=1m");

        Assert.Equal(
            $"""[[{ScriptedMarket.StartMs},"100000.00","100005.00","99995.00","100000.00","12.345",{ScriptedMarket.StartMs + 59_999},"1234500.5",77,"6.000","600000.25","0"]]""",
            json.GetRawText());
    }

    [Fact]
    public async Task Klines_Question_ReachesTheMarketAsAsked()
    {
        await using var wire = await WireExchange.StartAsync();
        (int, string, long?, long?, int) asked = default;
        wire.Market.Rows = (symbol, interval, start, end, limit) =>
        {
            asked = (symbol, interval.ToString(), start, end, limit);
            return [];
        };

        await wire.GetAsync("/fapi/v1/klines?symbol=ETHUSDT&interval=1M&startTime=5&endTime=9&limit=1500");

        Assert.Equal((1, "Month", 5, 9, 1_500), asked);
    }

    [Theory]
    [InlineData("/fapi/v1/klines?interval=1m", -1102)]
    [InlineData("/fapi/v1/klines?symbol=BTCUSDT", -1102)]
    [InlineData("/fapi/v1/klines?symbol=NOPEUSDT&interval=1m", -1121)]
    [InlineData("/fapi/v1/klines?symbol=btcusdt&interval=1m", -1121)]
    [InlineData("/fapi/v1/klines?symbol=BTCUSDT&interval=1s", -1120)]
    [InlineData("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1501", -1130)]
    [InlineData("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=0", -1130)]
    [InlineData("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=many", -1100)]
    [InlineData("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&startTime=9&endTime=5", -1023)]
    [InlineData("/fapi/v1/klines?symbol=BTCUSDT&symbol=BTCUSDT&interval=1m", -1101)]
    [InlineData("/fapi/v1/depth?symbol=BTCUSDT&limit=25", -4021)]
    [InlineData("/fapi/v1/continuousKlines?pair=BTCUSDT&contractType=FOREVER&interval=1m", -1130)]
    [InlineData("/fapi/v1/historicalTrades?symbol=BTCUSDT", -2014)]
    [InlineData("/futures/data/openInterestHist?symbol=BTCUSDT&period=3m", -1130)]
    [InlineData("/futures/data/openInterestHist?symbol=BTCUSDT&period=5m&startTime=1", -1130)]
    [InlineData("/futures/data/globalLongShortAccountRatio?symbol=BTCUSDT&period=5m", -4999)]
    [InlineData("/fapi/v1/nothing", -5000)]
    public async Task Calls_ThatAreWrong_SayTheExchangesCode(string path, int code)
    {
        await using var wire = await WireExchange.StartAsync();

        var (status, json) = await wire.GetAsync(path);

        Assert.True((int)status >= 400, $"{status}");
        Assert.Equal(code, json.GetProperty("code").GetInt32());
        Assert.NotEmpty(json.GetProperty("msg").GetString()!);
    }

    // Every public call of a common client, with the weight that it costs.
    [Theory]
    [InlineData("/fapi/v1/ping", 1)]
    [InlineData("/fapi/v1/time", 1)]
    [InlineData("/fapi/v1/exchangeInfo", 1)]
    [InlineData("/fapi/v1/depth?symbol=BTCUSDT&limit=50", 2)]
    [InlineData("/fapi/v1/depth?symbol=BTCUSDT&limit=100", 5)]
    [InlineData("/fapi/v1/depth?symbol=BTCUSDT", 10)]
    [InlineData("/fapi/v1/depth?symbol=BTCUSDT&limit=1000", 20)]
    [InlineData("/fapi/v1/rpiDepth?symbol=BTCUSDT&limit=1000", 20)]
    [InlineData("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=99", 1)]
    [InlineData("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=100", 2)]
    [InlineData("/fapi/v1/klines?symbol=BTCUSDT&interval=1m", 5)]
    [InlineData("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1001", 10)]
    [InlineData("/fapi/v1/continuousKlines?pair=BTCUSDT&contractType=PERPETUAL&interval=1m", 5)]
    [InlineData("/fapi/v1/markPriceKlines?symbol=BTCUSDT&interval=1m", 5)]
    [InlineData("/fapi/v1/indexPriceKlines?pair=BTCUSDT&interval=1m", 5)]
    [InlineData("/fapi/v1/premiumIndexKlines?symbol=BTCUSDT&interval=1m", 5)]
    [InlineData("/fapi/v1/aggTrades?symbol=BTCUSDT", 20)]
    [InlineData("/fapi/v1/trades?symbol=BTCUSDT", 5)]
    [InlineData("/fapi/v1/ticker/24hr?symbol=BTCUSDT", 1)]
    [InlineData("/fapi/v1/ticker/24hr", 40)]
    [InlineData("/fapi/v2/ticker/price", 2)]
    [InlineData("/fapi/v2/ticker/price?symbol=BTCUSDT", 1)]
    [InlineData("/fapi/v1/ticker/bookTicker?symbol=BTCUSDT", 2)]
    [InlineData("/fapi/v1/ticker/bookTicker", 5)]
    [InlineData("/fapi/v1/premiumIndex?symbol=BTCUSDT", 1)]
    [InlineData("/fapi/v1/premiumIndex", 10)]
    [InlineData("/fapi/v1/openInterest?symbol=BTCUSDT", 1)]
    [InlineData("/fapi/v1/fundingRate?symbol=BTCUSDT", 0)]
    [InlineData("/fapi/v1/fundingRate", 0)]
    [InlineData("/fapi/v1/fundingInfo", 0)]
    [InlineData("/futures/data/openInterestHist?symbol=BTCUSDT&period=5m", 0)]
    [InlineData("/futures/data/takerlongshortRatio?symbol=BTCUSDT&period=5m", 0)]
    [InlineData("/futures/data/basis?pair=BTCUSDT&contractType=PERPETUAL&period=5m", 0)]
    [InlineData("/fapi/v1/constituents?symbol=BTCUSDT", 2)]
    [InlineData("/fapi/v1/indexInfo", 1)]
    [InlineData("/fapi/v1/assetIndex", 10)]
    [InlineData("/fapi/v1/insuranceBalance?symbol=BTCUSDT", 1)]
    [InlineData("/fapi/v1/symbolAdlRisk", 1)]
    [InlineData("/fapi/v1/tradingSchedule", 5)]
    [InlineData("/fapi/v1/convert/exchangeInfo", 20)]
    public async Task Calls_OfEveryPublicKind_AnswerAndCost(string path, int weight)
    {
        await using var wire = await WireExchange.StartAsync();

        using var response = await wire.Http.GetAsync(path, TestContext.Current.CancellationToken);

        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        Assert.NotEqual(JsonValueKind.Undefined, JsonDocument.Parse(text).RootElement.ValueKind);
        Assert.Equal($"{weight}", Assert.Single(response.Headers.GetValues("X-MBX-USED-WEIGHT-1M")));
    }

    [Fact]
    public async Task Calls_BeyondTheLimit_Get429With_RetryAfter()
    {
        await using var wire = await WireExchange.StartAsync();
        for (var i = 0; i < 60; i++) Assert.Equal(HttpStatusCode.OK, (await wire.GetAsync("/fapi/v1/ticker/24hr")).Status);
        wire.Advance(TimeSpan.FromSeconds(10));

        using var response = await wire.Http.GetAsync("/fapi/v1/ping", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(50, response.Headers.RetryAfter?.Delta?.TotalSeconds);
        Assert.Equal("2401", Assert.Single(response.Headers.GetValues("X-MBX-USED-WEIGHT-1M")));
        Assert.Equal(2_401, wire.Exchange.Truth.BusiestMinute);
    }

    [Fact]
    public async Task Tickers_OfADay_AreWrittenAsTheExchangeDoes()
    {
        await using var wire = await WireExchange.StartAsync();

        var (_, day) = await wire.GetAsync("/fapi/v1/ticker/24hr?symbol=BTCUSDT");
        var (_, mark) = await wire.GetAsync("/fapi/v1/premiumIndex?symbol=BTCUSDT");
        var (_, funding) = await wire.GetAsync("/fapi/v1/fundingRate?symbol=BTCUSDT");

        Assert.Equal(("1000.00", "1.010", "100000.00"), (Text(day, "priceChange"), Text(day, "priceChangePercent"), Text(day, "lastPrice")));
        Assert.Equal(("100001.12345678", "0.00010000"), (Text(mark, "markPrice"), Text(mark, "lastFundingRate")));
        Assert.Equal(("-0.00005000", "100000.00000000"), (Text(funding[1], "fundingRate"), Text(funding[1], "markPrice")));
    }

    [Fact]
    public async Task Changes_Undone_AreNotSeen()
    {
        var before = new Faults.FaultScript { Changes = new() { NoAlgoOrdersFilter = false, FundingRateType = false, RpiQuantity = false } };
        await using var wire = await WireExchange.StartAsync(new() { Faults = before });

        var (_, info) = await wire.GetAsync("/fapi/v1/exchangeInfo");
        var (_, funding) = await wire.GetAsync("/fapi/v1/fundingRate");
        var (_, trades) = await wire.GetAsync("/fapi/v1/aggTrades?symbol=BTCUSDT");

        Assert.Contains("MAX_NUM_ALGO_ORDERS", info.GetRawText());
        Assert.False(funding[0].TryGetProperty("rateType", out _));
        Assert.False(trades[0].TryGetProperty("nq", out _));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Arrays_BeforeTheMergeOfJune2026_HaveNoCoinMarginedContracts(bool merged, int coinMargined)
    {
        var changes = new Faults.ExchangeChanges { CoinMarginedMerged = merged, NoTickerArray = merged };
        await using var wire = await WireExchange.StartAsync(new() { Faults = new() { Changes = changes } });
        using var marks = await wire.ConnectAsync("/market/ws/!markPrice@arr@1s");
        using var tickers = await wire.ConnectAsync("/market/stream?streams=!ticker@arr/!miniTicker@arr");

        await wire.MoveMarketAsync(1_000);

        var array = (await marks.ReadAsync()).EnumerateArray().ToArray();
        Assert.Equal(coinMargined, array.Count(mark => mark.TryGetProperty("st", out var type) && type.GetInt32() == 2));
        Assert.All(array, mark => Assert.Equal(merged, mark.TryGetProperty("st", out _)));
        Assert.Equal(merged ? "!miniTicker@arr" : "!ticker@arr", Text(await tickers.ReadAsync(), "stream"));
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
