using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FuturesBot.Dashboard.Sample;

namespace FuturesBot.Dashboard.Tests;

public sealed class GroupsApiTests
{
    [Theory]
    [InlineData("/api/orderbook?symbol=BTCUSDT&levels=5", "symbol trust believed last_update_id age_ms resyncs gaps bids asks mid spread_bp microprice imbalance imbalance20 depth flow")]
    [InlineData("/api/chat", "version messages commands")]
    [InlineData("/api/limits", "ours ours_max used limit minutes lanes orders five_minutes ban bans streams books")]
    [InlineData("/api/latency", "since stages calls")]
    [InlineData("/api/data", "time candles complete_percent series gaps gaps_total symbols verified can_repair")]
    [InlineData("/api/data/heat?days=3", "first_day days timeframe rows")]
    [InlineData("/api/portfolio/detail", "now curve positions by_symbol by_strategy by_side clusters daily limits")]
    [InlineData("/api/performance/detail?days=0", "all signals by_hour by_symbol by_side by_confluence calibration score_parts excursions drawdown ratios monthly")]
    [InlineData("/api/signals/search", "total offset limit rows")]
    [InlineData("/api/refusals/search", "total offset limit rows")]
    public async Task Get_OfAGroup_HasItsKeys(string path, string keys)
    {
        await using var server = await PageServer.Start();

        var json = await server.Json(path);

        foreach (var key in keys.Split(' ')) Assert.True(json.TryGetProperty(key, out _), $"{path} has no {key}");
    }

    [Theory]
    [InlineData("/api/orderbook?symbol=NOPEUSDT", "symbol", "BTCUSDT")]
    [InlineData("/api/orderbook?symbol=BTCUSDT&levels=0", "levels", "500")]
    [InlineData("/api/data/heat?days=9999", "days", "400")]
    [InlineData("/api/data/heat?timeframe=2h", "timeframe", "15m")]
    [InlineData("/api/performance/detail?days=-1", "days", "3660")]
    [InlineData("/api/signals/search?state=lost", "state", "tp1_done")]
    [InlineData("/api/signals/search?outcome=maybe", "outcome", "break_even")]
    [InlineData("/api/signals/search?sort=colour", "sort", "score")]
    [InlineData("/api/signals/search?score_min=high", "score_min", "number")]
    [InlineData("/api/signals/search?from=yesterday", "from", "UTC")]
    [InlineData("/api/signals/search?limit=0", "limit", "5000")]
    [InlineData("/api/refusals/search?kind=other", "kind", "near_miss")]
    [InlineData("/api/signals/c0009f3a61d07b20/replay?before=500", "before", "200")]
    [InlineData("/api/events?symbol=BTCUSDT&book=900", "book", "500")]
    public async Task Get_WithABadParameter_NamesItAndWhatIsAllowed(string path, string parameter, string allowed)
    {
        await using var server = await PageServer.Start();

        var (status, problem) = await server.Problem(path);

        Assert.Equal(400, status);
        Assert.Contains($"'{parameter}'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains(allowed, problem.GetProperty("allowed").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/orderbook?symbol=BTCUSDT")]
    [InlineData("/api/orderbooks")]
    [InlineData("/api/limits")]
    [InlineData("/api/latency")]
    [InlineData("/api/data")]
    [InlineData("/api/data/heat")]
    [InlineData("/api/data/jobs")]
    [InlineData("/api/portfolio/detail")]
    [InlineData("/api/portfolio/export.csv")]
    [InlineData("/api/performance/detail")]
    [InlineData("/api/refusals/search")]
    [InlineData("/api/signals/x/replay")]
    public async Task Get_OfAGroupThatTheHostLacks_SaysSo(string path)
    {
        await using var server = await PageServer.Start(more: all => new() { Market = all.Market });

        var (status, problem) = await server.Problem(path);

        Assert.Equal(501, status);
        Assert.Contains("not available in this host", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OrderBook_OutOfStep_HasLevelsButNoNumbers()
    {
        await using var server = await PageServer.Start();

        var book = await server.Json("/api/orderbook?symbol=LTCUSDT&levels=7");

        Assert.Equal("gap", book.GetProperty("trust").GetString());
        Assert.Equal(7, book.GetProperty("bids").GetArrayLength());
        foreach (var number in (string[])["mid", "spread_bp", "imbalance", "imbalance20", "microprice"])
            Assert.Equal(JsonValueKind.Null, book.GetProperty(number).ValueKind);
        Assert.NotNull(book.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task OrderBooks_OfAllSymbols_HoldThoseWithoutABookToo()
    {
        await using var server = await PageServer.Start();

        var books = await server.Json("/api/orderbooks");

        var trust = books.EnumerateArray().ToDictionary(book => book.GetProperty("symbol").GetString()!, book => book.GetProperty("trust").GetString());
        Assert.Equal(("synced", "gap", "none"), (trust["BTCUSDT"], trust["LTCUSDT"], trust["SUIUSDT"]));
        var missing = books.EnumerateArray().First(book => book.GetProperty("symbol").GetString() == "SUIUSDT");
        foreach (var number in (string[])["age_ms", "resyncs", "gaps", "spread_bp", "imbalance"])
            Assert.Equal(JsonValueKind.Null, missing.GetProperty(number).ValueKind);
    }

    [Fact]
    public async Task OrderBook_OfASymbolWithoutOne_IsNotFound()
    {
        await using var server = await PageServer.Start();

        var (status, _) = await server.Problem("/api/orderbook?symbol=SUIUSDT");

        Assert.Equal(404, status);
    }

    [Fact]
    public async Task SignalSearch_ByOutcomeAndScore_FindsSortsAndPages()
    {
        await using var server = await PageServer.Start();
        var wanted = server.Source.Signals(SignalGroup.Closed, 5_000)
            .Where(signal => signal.Outcome == TradeOutcome.Loss && signal.Score is >= 3 and <= 6.5)
            .OrderBy(signal => signal.Score).ThenBy(signal => signal.SignalId, StringComparer.Ordinal).ToArray();
        Assert.True(wanted.Length > 3, "the sample has too few losses for this test");

        var page = await server.Json("/api/signals/search?outcome=loss&score_min=3&score_max=6.5&sort=score&order=asc&offset=1&limit=2");

        Assert.Equal(wanted.Length, page.GetProperty("total").GetInt32());
        Assert.Equal(
            [wanted[1].SignalId, wanted[2].SignalId],
            page.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("signal_id").GetString()));
    }

    [Fact]
    public async Task SignalSearch_ByTextAndGroup_LooksIntoSymbolAndReason()
    {
        await using var server = await PageServer.Start();

        var open = await server.Json("/api/signals/search?state=open&text=sol");
        var stopped = await server.Json("/api/signals/search?text=SL&state=closed&limit=5000");

        Assert.Equal("SOLUSDT", Assert.Single(open.GetProperty("rows").EnumerateArray()).GetProperty("symbol").GetString());
        Assert.Contains(stopped.GetProperty("rows").EnumerateArray(), row => row.GetProperty("close_reason").GetString() == "SL");
    }

    [Fact]
    public async Task RefusalSearch_OfNearMisses_HasTheNumberThatFailed()
    {
        await using var server = await PageServer.Start();

        var page = await server.Json("/api/refusals/search?kind=near_miss&side=long");

        Assert.NotEmpty(page.GetProperty("rows").EnumerateArray());
        Assert.All(page.GetProperty("rows").EnumerateArray(), row =>
        {
            Assert.Equal("near_miss", row.GetProperty("kind").GetString());
            Assert.Equal("long", row.GetProperty("direction").GetString());
            Assert.True(row.GetProperty("value").GetDouble() < row.GetProperty("threshold").GetDouble());
        });
    }

    [Fact]
    public async Task Replay_OfASignal_KnowsNothingBeforeItsTime()
    {
        await using var server = await PageServer.Start();
        var signal = server.Source.Signals(SignalGroup.Closed, 1)[0];

        var replay = await server.Json($"/api/signals/{signal.SignalId}/replay?before=40");

        var candles = replay.GetProperty("candles").EnumerateArray().ToArray();
        var at = replay.GetProperty("decision_bar").GetInt32();
        Assert.InRange(candles.Length, 41, 300);
        Assert.Equal(signal.DecidedAtMs, candles[at].GetProperty("open_time").GetInt64() + 900_000);
        Assert.All(replay.GetProperty("studies").EnumerateObject(), series => Assert.Equal(candles.Length, series.Value.GetArrayLength()));
        Assert.All(replay.GetProperty("steps").EnumerateArray(), step => Assert.True(
            step.GetProperty("time").GetInt64() <= candles[step.GetProperty("bar").GetInt32()].GetProperty("open_time").GetInt64() + 900_000,
            "a step stands in a bar that closed before it"));
    }

    [Fact]
    public async Task Replay_OfAnUnknownSignal_IsNotFound()
    {
        await using var server = await PageServer.Start();

        var (status, problem) = await server.Problem("/api/signals/nobody/replay");

        Assert.Equal(404, status);
        Assert.Contains("nobody", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OfSignals_LeavesWhatIsUnavailableEmptyAndSaysWhy()
    {
        await using var server = await PageServer.Start();

        var response = await server.Client.GetAsync(new Uri("/api/signals/export.csv?state=pending_entry", UriKind.Relative));
        var lines = (await response.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        var names = lines[0].Split(',');
        var waiting = Assert.Single(lines[1..]).Split(',');
        Assert.Equal(names.Length, waiting.Length);
        Assert.Equal("", waiting[Array.IndexOf(names, "pnl_r_net")]);
        Assert.Equal("waits for its entry", waiting[Array.IndexOf(names, "reason")]);
    }

    [Fact]
    public async Task Export_OfTheAccount_HasPositionsDaysAndCurve()
    {
        await using var server = await PageServer.Start();

        var text = await server.Client.GetStringAsync(new Uri("/api/portfolio/export.csv", UriKind.Relative));

        foreach (var kind in (string[])["\nposition,", "\nwaiting,", "\nday,", "\nequity,"]) Assert.Contains(kind, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repair_OfAGap_IsQueuedAndEnds()
    {
        await using var server = await PageServer.Start();

        using var trader = await server.Trader();
        var response = await trader.PostAsJsonAsync(
            "/api/data/repair", new { symbol = "ADAUSDT", timeframe = "1h", from = "2026-11-12T00:00:00Z", to = "2026-11-13T00:00:00Z" });

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var job = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(("repair", "queued", 24), (
            job.GetProperty("kind").GetString(), job.GetProperty("state").GetString(), job.GetProperty("expected").GetInt32()));
        Assert.Equal("done", (await server.Json("/api/data/jobs"))[0].GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("/api/data/repair", """{"timeframe":"1h","from":1,"to":2}""", "'symbol'")]
    [InlineData("/api/data/repair", """{"symbol":"btc usdt","timeframe":"1h","from":1,"to":2}""", "'symbol'")]
    [InlineData("/api/data/repair", """{"symbol":"BTCUSDT","timeframe":"2h","from":1,"to":2}""", "'timeframe'")]
    [InlineData("/api/data/repair", """{"symbol":"BTCUSDT","timeframe":"1h","from":"soon","to":2}""", "'from'")]
    [InlineData("/api/data/repair", """{"symbol":"BTCUSDT","timeframe":"1h","from":5,"to":2}""", "'from'")]
    [InlineData("/api/data/download", """{"symbols":[],"timeframes":["1h"],"from":1}""", "'symbols'")]
    [InlineData("/api/data/download", """{"symbols":["BTCUSDT"],"from":1}""", "'timeframes'")]
    [InlineData("/api/data/download", """{"symbols":["NOPEUSDT"],"timeframes":["1h"],"from":1}""", "NOPEUSDT")]
    [InlineData("/api/symbols", """{"symbol":"../x"}""", "'symbol'")]
    [InlineData("/api/symbols", "nonsense", "JSON")]
    public async Task Post_OfABadBody_NamesWhatIsWrong(string path, string body, string named)
    {
        await using var server = await PageServer.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };

        using var trader = await server.Trader();
        var (status, problem) = await server.Problem(request, trader);

        Assert.Equal(400, status);
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Symbols_RemovedWhileOpen_AreDrained()
    {
        await using var server = await PageServer.Start();

        using var trader = await server.Trader();
        var response = await trader.DeleteAsync(new Uri("/api/symbols/SOLUSDT", UriKind.Relative));
        var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal("draining", json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task PerformanceDetail_OfFewTrades_GivesNoRateAnywhere()
    {
        await using var server = await PageServer.Start();

        var json = await server.Json("/api/performance/detail?days=0");

        var groups = Groups(json).ToArray();
        Assert.True(groups.Length > 20);
        Assert.All(groups, group => Assert.Equal(
            group.GetProperty("n").GetInt32() < StatisticsView.RateFrom, group.GetProperty("win_rate").ValueKind == JsonValueKind.Null));
    }

    private static IEnumerable<JsonElement> Groups(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object when json.TryGetProperty("win_rate", out _) => [json],
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property => Groups(property.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Groups),
        _ => [],
    };
}
