using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FuturesBot.Dashboard.Running;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Backtesting;
using FuturesBot.TestKit;

namespace FuturesBot.Dashboard.Tests;

/// <summary>Backtests that others compute: listed, read and compared, never started or ended here.</summary>
public sealed class StoredBacktestsTests
{
    private const long Day = 86_400_000;
    private const string How = "The functions compute backtests here";

    private static readonly BacktestPlan Plan = new()
    {
        Symbols = [Symbol.Parse("BTCUSDT"), Symbol.Parse("ETHUSDT")],
        FromMs = 1_767_225_600_000,
        ToMs = 1_767_225_600_000 + (90 * Day),
        WindowDays = 30,
        GroupSize = 1,
    };

    private readonly ManualTime _time = new();
    private readonly MemoryBacktestArchive _archive = new();

    [Fact]
    public async Task List_OfWhatLiesThere_HasDoneRunningAndSilentOnesWithWhatTheyWereAskedFor()
    {
        _archive.Put(new("backtest-done", 6, IsMerged: true, HasPlan: true, 9_000, Now - 60_000, Now - 30_000), Plan, Summary(2), Trade("BTCUSDT", 1.4), Trade("ETHUSDT", -0.5));
        _archive.Put(new("backtest-works", 2, IsMerged: false, HasPlan: true, 400, Now - 60_000, Now - 1_000), Plan);
        _archive.Put(new("backtest-silent", 1, IsMerged: false, HasPlan: true, 400, Now - (3 * Day), Now - (2 * Day)), Plan);
        await using var server = await StartAsync();

        var runs = (await server.Json("/api/backtests")).EnumerateArray().ToDictionary(run => run.GetProperty("id").GetString()!);

        Assert.Equal(["backtest-works", "backtest-done", "backtest-silent"], runs.Keys);
        var done = runs["backtest-done"];
        Assert.Equal(("done", 2, true, false), (
            done.GetProperty("state").GetString(), done.GetProperty("trades").GetInt32(), done.GetProperty("has_results").GetBoolean(), done.GetProperty("has_report").GetBoolean()));
        Assert.Equal("stored candles, windows of 30 d, groups of 1", done.GetProperty("order").GetProperty("data").GetString());
        Assert.Equal(["BTCUSDT", "ETHUSDT"], done.GetProperty("order").GetProperty("symbols").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(("running", 2 / 6.0), (runs["backtest-works"].GetProperty("state").GetString(), runs["backtest-works"].GetProperty("progress").GetDouble()));
        Assert.Equal("interrupted", runs["backtest-silent"].GetProperty("state").GetString());
        Assert.Contains("1 of 6 parts", runs["backtest-silent"].GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_OfADoneOne_AreItsFiguresAndTradesAndHaveNoReport()
    {
        _archive.Put(new("backtest-done", 6, IsMerged: true, HasPlan: false, 9_000, Now - 60_000, Now - 30_000), null, Summary(3), Trade("BTCUSDT", 1.4), Trade("ETHUSDT", -0.5), Trade("ETHUSDT", 0.9));
        await using var server = await StartAsync();

        var summary = await server.Json("/api/backtests/backtest-done/summary");
        var trades = await server.Json("/api/backtests/backtest-done/trades?offset=1&limit=1");
        var (report, _) = await server.Problem("/api/backtests/backtest-done/report");
        var (unknown, _) = await server.Problem("/api/backtests/nobody/trades");

        Assert.Equal(0.12, summary.GetProperty("expectancy_r_net").GetDouble());
        Assert.Equal((3, 1, "ETHUSDT"), (trades.GetProperty("total").GetInt32(), trades.GetProperty("offset").GetInt32(), trades.GetProperty("trades")[0].GetProperty("symbol").GetString()));
        Assert.Equal((409, 404), (report, unknown));
    }

    [Fact]
    public async Task List_AskedAgainAndAgain_ReadsTheShelfOnceInAWhile()
    {
        _archive.Put(new("backtest-done", 6, IsMerged: true, HasPlan: true, 9_000, Now - 60_000, Now - 30_000), Plan, Summary(0));
        await using var server = await StartAsync();
        for (var i = 0; i < 5; i++) await server.Json("/api/backtests");
        var reads = _archive.Reads;

        _time.Advance(TimeSpan.FromSeconds(11));
        await server.Json("/api/backtests");

        Assert.Equal(3, reads);                 // the list, a plan, a summary
        Assert.Equal(4, _archive.Reads);        // the list: what is known has not changed
    }

    [Fact]
    public async Task Results_ThatCannotBeRead_MakeTheirRunAFailedOneAndNoOther()
    {
        _archive.Put(new("backtest-broken", 6, IsMerged: true, HasPlan: false, 9_000, Now - 60_000, Now - 30_000), null, "{half of it");
        _archive.Put(new("backtest-done", 6, IsMerged: true, HasPlan: false, 9_000, Now - 60_000, Now - 20_000), null, Summary(0));
        await using var server = await StartAsync();

        var states = (await server.Json("/api/backtests")).EnumerateArray().ToDictionary(run => run.GetProperty("id").GetString()!, run => run.GetProperty("state").GetString());
        var (status, problem) = await server.Problem("/api/backtests/backtest-broken/summary");

        Assert.Equal(("failed", "done"), (states["backtest-broken"], states["backtest-done"]));
        Assert.Equal(409, status);
        Assert.Contains("cannot be read", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAndRemove_WhereRunsAreElsewhere_AreRefusedWithTheWay()
    {
        await using var server = await StartAsync();
        using var trader = await server.Trader();

        var data = await server.Json("/api/backtests/data");
        using var start = await trader.PostAsJsonAsync("/api/backtests", new { data = "" });
        using var remove = await trader.DeleteAsync(new Uri("/api/backtests/backtest-done", UriKind.Relative));

        Assert.Equal((How, "curl …"), (data.GetProperty("elsewhere").GetString(), data.GetProperty("command").GetString()));
        foreach (var answer in (HttpResponseMessage[])[start, remove])
        {
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Contains(How, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private Task<PageServer> StartAsync() => PageServer.Start(more: all => all with { Backtests = new StoredBacktests(_archive, How, "curl …", _time) });

    private static string Summary(int trades) => $$"""{"profile":"default","candles":5000,"trades":{{trades}},"win_rate":0.5,"win_rate_ci95":[0.2,0.8],"expectancy_r_net":0.12}""";

    private static string Trade(string symbol, double r) => JsonSerializer.Serialize(new { symbol, pnl_r_net = r, execution = "primary" });
}
