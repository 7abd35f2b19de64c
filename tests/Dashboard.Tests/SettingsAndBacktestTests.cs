using System.Net.Http.Json;
using System.Text.Json;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Dashboard.Running;

namespace FuturesBot.Dashboard.Tests;

public sealed class SettingsAndBacktestTests
{
    [Fact]
    public async Task Settings_ThatComeWithTheDeployment_AreReadAndNotChanged()
    {
        const string Why = "Here the settings come with the deployment";
        var environment = new Dictionary<string, string> { ["FUTURESBOT__RISK__POSITIONS_MAX"] = "7", ["TELEGRAM_BOT_TOKEN"] = "123:secret-of-the-bot" };
        var store = new SettingsStore(path: "", yaml: null, environment, TimeProvider.System);
        store.Start();
        await using var server = await PageServer.Start(more: all => all with { Settings = new RunSettingsPage(store, environment, Why) });
        using var trader = await server.Trader();
        trader.DefaultRequestHeaders.Add("If-Match", "\"0\"");

        var view = await server.Json("/api/settings");
        var positions = view.GetProperty("settings").EnumerateArray().Single(one => one.GetProperty("path").GetString() == "risk.positions_max");
        using var change = await trader.PutAsJsonAsync("/api/settings", new { changes = new Dictionary<string, int> { ["risk.positions_max"] = 3 } });
        using var undo = await trader.PostAsJsonAsync("/api/settings/undo", new { revision = 1 });
        var secrets = await server.Client.GetStringAsync(new Uri("/api/secrets", UriKind.Relative));

        Assert.Equal(Why, view.GetProperty("read_only_reason").GetString());
        Assert.Equal((7, "environment", "FUTURESBOT__RISK__POSITIONS_MAX"), (
            positions.GetProperty("value").GetInt32(), positions.GetProperty("source").GetString(), positions.GetProperty("source_detail").GetString()));
        foreach (var answer in (HttpResponseMessage[])[change, undo])
        {
            Assert.Equal(System.Net.HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Contains(Why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("secret-of-the-bot", secrets, StringComparison.Ordinal);
        await using var own = await PageServer.Start();
        Assert.Equal(JsonValueKind.Null, (await own.Json("/api/settings")).GetProperty("read_only_reason").ValueKind);
    }

    private static readonly object Change = new { changes = new { size = 5 } };

    [Fact]
    public async Task Settings_ChangedOnAnOldRevision_AreNotLost()
    {
        await using var server = await Start();
        var visitor = await Visitor.At(server);

        Assert.Equal(428, (await visitor.Send(HttpMethod.Put, "/api/settings", Change)).Status);
        Assert.Equal(412, (await visitor.Send(HttpMethod.Put, "/api/settings", Change, ("If-Match", "\"2\""))).Status);
        Assert.Equal(200, (await visitor.Send(HttpMethod.Put, "/api/settings", Change, ("If-Match", "\"3\""))).Status);
        Assert.Equal(412, (await visitor.Send(HttpMethod.Put, "/api/settings", Change, ("If-Match", "\"3\""))).Status);
    }

    [Fact]
    public async Task Settings_WithFaults_NameEachWithWhatIsAllowed()
    {
        await using var server = await Start();
        var visitor = await Visitor.At(server);
        var faulty = new { changes = new { size = 99, other = true } };

        var (status, problem) = await visitor.Send(HttpMethod.Put, "/api/settings", faulty, ("If-Match", "\"3\""));
        var (_, check) = await visitor.Send(HttpMethod.Post, "/api/settings/validate", faulty);

        Assert.Equal(422, status);
        foreach (var errors in (JsonElement[])[problem.GetProperty("errors"), check.GetProperty("errors")])
        {
            Assert.Contains("from 1 to 9", errors.GetProperty("size")[0].GetString());
            Assert.Contains("from 1 to 9", errors.GetProperty("other")[0].GetString());
        }

        Assert.False(check.GetProperty("valid").GetBoolean());
    }

    [Theory]
    [InlineData("/api/settings")]
    [InlineData("/api/secrets")]
    [InlineData("/api/backtests")]
    [InlineData("/api/backtests/x/report")]
    [InlineData("/api/logs")]
    [InlineData("/api/predictions?symbol=BTCUSDT")]
    public async Task Get_OfWhatThisHostLacks_SaysSo(string path)
    {
        await using var server = await PageServer.Start(more: all => new() { Market = all.Market });

        var (status, problem) = await server.Problem(path);

        Assert.Equal(501, status);
        Assert.Contains("not ", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Kill_SaysThatItComesLater()
    {
        await using var server = await PageServer.Start();

        var (status, problem) = await (await Visitor.At(server)).Send(HttpMethod.Post, "/api/kill");

        Assert.Equal(501, status);
        Assert.Contains("live orders", problem.GetProperty("detail").GetString());
    }

    public static TheoryData<BacktestStart, int, string> Refusals => new()
    {
        { new BacktestStart.BadFolder("'../x' leads upwards"), 400, "leads upwards" },
        { new BacktestStart.Full(2), 429, "2 wait" },
        { new BacktestStart.Refused(new Dictionary<string, string[]> { ["symbols"] = ["no"] }), 422, "Nothing was started" },
    };

    [Theory, MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task Backtest_Refused_SaysWhy(BacktestStart answer, int expected, string detail)
    {
        await using var server = await Start(new() { Answer = answer });

        var (status, problem) = await (await Visitor.At(server)).Send(HttpMethod.Post, "/api/backtests", new { data = "x" });

        Assert.Equal(expected, status);
        Assert.Contains(detail, problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Report_OfARun_ShowsInASandboxOfItsOwn()
    {
        await using var server = await Start();

        using var response = await server.Client.GetAsync(new Uri("/api/backtests/done/report", UriKind.Relative));

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("sandbox allow-scripts; default-src 'none'", policy);
        Assert.DoesNotContain("allow-same-origin", policy);
        Assert.DoesNotContain("connect-src", policy);
    }

    [Theory]
    [InlineData("/api/backtests/nothing", 404)]
    [InlineData("/api/backtests/..%2F..%2Fetc", 404)]
    [InlineData("/api/backtests/busy/report", 409)]
    [InlineData("/api/backtests/busy/summary", 409)]
    [InlineData("/api/backtests/done/trades?limit=0", 400)]
    [InlineData("/api/backtests/compare?ids=done", 400)]
    [InlineData("/api/backtests/compare?ids=done,busy", 409)]
    [InlineData("/api/backtests/compare?ids=done,nothing", 404)]
    public async Task Backtest_ThatHasNoSuchResult_SaysWhy(string path, int expected)
    {
        await using var server = await Start();

        Assert.Equal(expected, (await server.Problem(path)).Status);
    }

    [Fact]
    public async Task Compare_OfTwoRuns_PutsEachFigureSideBySide()
    {
        await using var server = await Start();

        var compared = await server.Json("/api/backtests/compare?ids=done,done2");

        var rows = compared.GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty("figure").GetString()!);
        Assert.Equal([12, 12], rows["trades"].GetProperty("values").EnumerateArray().Select(value => value.GetInt32()));
        Assert.All(rows["sharpe"].GetProperty("values").EnumerateArray(), value => Assert.Equal(JsonValueKind.Null, value.ValueKind));
        // No rate without count, interval and expectancy.
        Assert.All((string[])["win_rate", "win_rate_ci95", "expectancy_r_net"], figure => Assert.Contains(figure, rows.Keys));
    }

    private static Task<PageServer> Start(ScriptedBacktests? backtests = null) => PageServer.Start(
        more: sources => sources with { Settings = new OneSetting(), Backtests = backtests ?? new ScriptedBacktests() });
}
