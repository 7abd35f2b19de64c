using System.Text.Json;
using FuturesBot.Dashboard.Sample;

namespace FuturesBot.Dashboard.Tests;

public sealed class ApiTests
{
    [Theory]
    [InlineData("/api/status", "mode exchange simulated seed speed market_time wall_time started_at ready health")]
    [InlineData("/api/portfolio", "starting_usdt equity_usdt equity_r open_risk_percent open_positions")]
    [InlineData("/api/refusals", "since total reasons")]
    [InlineData("/api/zones?symbol=SOLUSDT&timeframe=15m", "zones profile profile_reason")]
    [InlineData("/api/why?symbol=SOLUSDT", "symbol market_time regime rows")]
    [InlineData("/api/performance?days=30", "days all by_strategy by_regime by_score equity max_drawdown_r")]
    public async Task Get_OfOneThing_HasItsKeys(string path, string keys)
    {
        await using var server = await PageServer.Start();

        var json = await server.Json(path);

        foreach (var key in keys.Split(' ')) Assert.True(json.TryGetProperty(key, out _), $"{path} has no {key}");
    }

    [Theory]
    [InlineData("/api/symbols", "symbol price_decimals last change24h_percent timeframes")]
    [InlineData("/api/regimes", "symbol label direction confidence bias change24h_percent sparkline")]
    [InlineData("/api/journal?limit=3", "time kind level symbol text signal_id replayed")]
    [InlineData(
        "/api/signals?state=open",
        "signal_id symbol strategy direction state entry_price stop tp1 tp2 score decided_at replayed")]
    public async Task Get_OfAList_HasTheKeysInEveryItem(string path, string keys)
    {
        await using var server = await PageServer.Start();

        var json = await server.Json(path);

        Assert.NotEmpty(json.EnumerateArray());
        foreach (var item in json.EnumerateArray())
        {
            foreach (var key in keys.Split(' ')) Assert.True(item.TryGetProperty(key, out _), $"{path} has no {key}");
        }
    }

    [Fact]
    public async Task Candles_OfASymbol_AreTheNewestClosedOnesOldestFirstWithExactlySixKeys()
    {
        await using var server = await PageServer.Start();

        var candles = (await server.Json("/api/candles?symbol=BTCUSDT&timeframe=15m&limit=4")).EnumerateArray().ToArray();

        Assert.Equal(4, candles.Length);
        Assert.All(candles, c => Assert.Equal(
            ["open_time", "open", "high", "low", "close", "volume"], c.EnumerateObject().Select(p => p.Name)));
        var times = candles.Select(c => c.GetProperty("open_time").GetInt64()).ToArray();
        Assert.Equal([.. Enumerable.Range(0, 4).Select(i => times[0] + (i * 900_000L))], times);
        Assert.True(times[^1] + 900_000 <= SampleSource.StartMs, "the running candle is among the closed ones");
    }

    [Fact]
    public async Task Indicators_WhileWarmingUp_AreNullAndAlignedWithTheirCandles()
    {
        await using var server = await PageServer.Start();

        var json = await server.Json("/api/indicators?symbol=BTCUSDT&timeframe=15m&limit=900");

        var times = json.GetProperty("open_time").GetArrayLength();
        var ema = json.GetProperty("series").GetProperty("ema200");
        Assert.Equal(900, times);
        Assert.All(json.GetProperty("series").EnumerateObject(), s => Assert.Equal(times, s.Value.GetArrayLength()));
        Assert.All(ema.EnumerateArray().Take(199), v => Assert.Equal(JsonValueKind.Null, v.ValueKind));
        Assert.All(ema.EnumerateArray().Skip(199), v => Assert.Equal(JsonValueKind.Number, v.ValueKind));
    }

    [Fact]
    public async Task Zones_WithoutAProfile_SayWhyInsteadOfZero()
    {
        await using var server = await PageServer.Start();

        var json = await server.Json("/api/zones?symbol=LTCUSDT&timeframe=15m");

        Assert.Equal(JsonValueKind.Null, json.GetProperty("profile").ValueKind);
        Assert.Equal("fewer than 10 bins in the window", json.GetProperty("profile_reason").GetString());
    }

    [Fact]
    public async Task Signals_OfBothStates_AreSeparated()
    {
        await using var server = await PageServer.Start();

        var open = await server.Json("/api/signals?state=open");
        var closed = await server.Json("/api/signals?state=closed&limit=7");
        var all = await server.Json("/api/signals?limit=500");

        Assert.All(open.EnumerateArray(), s => Assert.Equal(JsonValueKind.Null, s.GetProperty("closed_at").ValueKind));
        Assert.All(closed.EnumerateArray(), s => Assert.Equal("closed", s.GetProperty("state").GetString()));
        Assert.Equal(7, closed.GetArrayLength());
        Assert.Equal(5 + 34, all.GetArrayLength());
    }

    [Fact]
    public async Task Signal_ThatWaits_HasNullResultsAndLowerCaseNames()
    {
        await using var server = await PageServer.Start();

        var waiting = (await server.Json("/api/signals?state=open")).EnumerateArray()
            .Single(s => s.GetProperty("state").GetString() == "pending_entry");

        Assert.Equal(JsonValueKind.Null, waiting.GetProperty("now_r").ValueKind);
        Assert.Equal(JsonValueKind.Null, waiting.GetProperty("pnl_r_net").ValueKind);
        Assert.Equal("15m", waiting.GetProperty("timeframe").GetString());
        Assert.Contains(waiting.GetProperty("direction").GetString(), new[] { "long", "short" });
    }

    [Fact]
    public async Task SignalById_OfAnOpenOne_HasPlanScorePredicatesAndLife()
    {
        await using var server = await PageServer.Start();
        var id = server.Source.Signals(SignalGroup.Open, 1)[0].SignalId;

        var json = await server.Json($"/api/signals/{id}");

        Assert.Equal(id, json.GetProperty("signal").GetProperty("signal_id").GetString());
        Assert.Equal(3, json.GetProperty("targets").GetArrayLength());
        Assert.Contains(
            json.GetProperty("score_parts").EnumerateArray(), p => p.GetProperty("state").GetString() == "unavailable");
        var missing = json.GetProperty("predicates").EnumerateArray()
            .Single(p => p.GetProperty("state").GetString() == "unavailable");
        Assert.Equal(JsonValueKind.Null, missing.GetProperty("value").ValueKind);
        Assert.NotEmpty(json.GetProperty("life").EnumerateArray());
    }

    [Fact]
    public async Task Performance_OfFewTrades_GivesNoRate()
    {
        await using var server = await PageServer.Start();

        var json = await server.Json("/api/performance?days=0");

        var groups = json.GetProperty("by_strategy").EnumerateArray().Append(json.GetProperty("all")).ToArray();
        Assert.Contains(groups, g => g.GetProperty("n").GetInt32() < StatisticsView.RateFrom);
        Assert.All(groups, g =>
        {
            var few = g.GetProperty("n").GetInt32() < StatisticsView.RateFrom;
            Assert.Equal(few, g.GetProperty("win_rate").ValueKind == JsonValueKind.Null);
            Assert.Equal(few, g.GetProperty("win_rate_ci95").ValueKind == JsonValueKind.Null);
        });
        Assert.Equal(2, json.GetProperty("all").GetProperty("win_rate_ci95").GetArrayLength());
        Assert.Equal(34, json.GetProperty("all").GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task Health_OfARunningSystem_IsLiveAndReady()
    {
        await using var server = await PageServer.Start();

        Assert.Equal("live", (await server.Json("/health/live")).GetProperty("status").GetString());
        Assert.Equal("ready", (await server.Json("/health/ready")).GetProperty("status").GetString());
    }
}
