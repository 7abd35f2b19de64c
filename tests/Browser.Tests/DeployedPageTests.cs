using System.Text;
using System.Text.Json;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Dashboard;
using FuturesBot.Dashboard.Running;
using FuturesBot.Dashboard.Sample;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;

namespace FuturesBot.Browser.Tests;

/// <summary>The page as a deployment shows it: settings to read, backtests that the functions compute, no button that does nothing.</summary>
public sealed class DeployedPageTests(Chromium chromium, SampleHost host) : IClassFixture<SampleHost>
{
    private const string Why = "Here the settings come with the deployment: change them in config/bot.yaml and deploy anew.";

    [Fact]
    public async Task Settings_ThatComeWithTheDeployment_OfferNothingToSave()
    {
        await using var app = await StartAsync();
        await using var visit = await Visit.Open(chromium.Browser, AddressOf(app), "/settings?setting=risk.positions_max");
        await visit.Settled("settings");

        await Assertions.Expect(visit.Page.Locator(".salerts")).ToContainTextAsync(Why);
        await Assertions.Expect(visit.Page.Locator("#s-risk\\.positions_max")).ToBeDisabledAsync();
        await Assertions.Expect(visit.Page.Locator("#s-risk\\.positions_max")).ToHaveValueAsync("7");
        foreach (var name in (string[])[".sdirty", ".sright", ".past"]) await Assertions.Expect(visit.Page.Locator(name).First).ToBeHiddenAsync();
        Assert.Equal(0, await visit.Page.Locator(".slist input:enabled, .slist select:enabled, .slist .tog:enabled").CountAsync() - 1);   // "Only changed" filters
        await visit.Picture("settings-deployed");
        await visit.Page.SetViewportSizeAsync(390, 844);
        await visit.Picture("settings-deployed-phone");
        Assert.Empty(visit.Complaints);
        await app.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Backtests_OfTheFunctions_AreComparedAndStartedByACommand()
    {
        await using var app = await StartAsync();
        await using var visit = await Visit.Open(chromium.Browser, AddressOf(app), "/backtests");
        await visit.Settled("backtests");

        await Assertions.Expect(visit.Page.Locator(".belse")).ToContainTextAsync("The functions compute backtests here");
        await Assertions.Expect(visit.Page.Locator(".belse pre")).ToContainTextAsync("/manage/backtests");
        await Assertions.Expect(visit.Page.Locator(".bruns tbody tr")).ToHaveCountAsync(3);
        await Assertions.Expect(visit.Page.Locator(".bfigures tbody tr")).ToHaveCountAsync(2);   // the two that are done, side by side
        await Assertions.Expect(visit.Page.Locator(".bruns")).ToContainTextAsync("50 %");
        foreach (var dead in (string[])["Start", "Remove", "Cancel", "Report"])
            Assert.Equal(0, await visit.Page.Locator(".v-backtests button, .v-backtests a", new() { HasTextRegex = new($"^{dead}$") }).CountAsync());
        await visit.Picture("backtests-deployed");
        await visit.Page.GetByText("Trades", new() { Exact = true }).Nth(1).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".btrades tbody tr").First).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.SetViewportSizeAsync(390, 844);
        await visit.Picture("backtests-deployed-phone");
        Assert.Empty(visit.Complaints);
        await app.StopAsync(CancellationToken.None);
    }

    private async Task<WebApplication> StartAsync()
    {
        var environment = new Dictionary<string, string> { ["FUTURESBOT__RISK__POSITIONS_MAX"] = "7" };
        var store = new SettingsStore(path: "", yaml: null, environment, TimeProvider.System);
        store.Start();
        var app = DashboardHost.Create(
            SampleSources.Of(host.Source) with
            {
                Settings = new RunSettingsPage(store, environment, Why),
                Backtests = new StoredBacktests(
                    new Shelf(), "The functions compute backtests here, over the stored candles.", "curl -X POST https://functions.example/manage/backtests", TimeProvider.System),
            },
            new FuturesBot.Dashboard.DashboardOptions { Port = 0 });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static string AddressOf(WebApplication app) => $"http://localhost:{new Uri(app.Urls.First()).Port}";

    /// <summary>Two that are done and one that is under way.</summary>
    private sealed class Shelf : IBacktestArchive
    {
        private const long Day = 86_400_000;
        private static readonly SampleBacktests Invented = new(TimeProvider.System);

        private static readonly BacktestPlan Plan = new()
        {
            Symbols = [Symbol.Parse("BTCUSDT"), Symbol.Parse("ETHUSDT"), Symbol.Parse("SOLUSDT")],
            FromMs = 1_767_225_600_000,
            ToMs = 1_767_225_600_000 + (180 * Day),
            WindowDays = 30,
        };

        public Task<IReadOnlyList<ShelvedBacktest>> ListAsync(int limit, CancellationToken cancel = default)
        {
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / Day * Day;
            return Task.FromResult<IReadOnlyList<ShelvedBacktest>>(
            [
                new("backtest-3", 3, IsMerged: false, HasPlan: true, 1_000, now + Day, now + Day),
                new("backtest-2", 6, IsMerged: true, HasPlan: true, 900_000, now - 400_000, now - 100_000),
                new("backtest-1", 1, IsMerged: true, HasPlan: true, 800_000, now - 900_000, now - 500_000),
            ]);
        }

        public Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancel = default)
        {
            var run = name.StartsWith("backtest-1", StringComparison.Ordinal) ? "1" : "3";
            if (name.EndsWith(ShelfFiles.Plan, StringComparison.Ordinal))
                return Task.FromResult<ReadOnlyMemory<byte>?>(JsonSerializer.SerializeToUtf8Bytes(run == "1" ? Plan with { WindowDays = 0 } : Plan, SignalJson.Options));
            if (name.EndsWith(ShelfFiles.Summary, StringComparison.Ordinal))
                return Task.FromResult<ReadOnlyMemory<byte>?>(JsonSerializer.SerializeToUtf8Bytes(Invented.Summary(run)));
            var lines = string.Concat(Invented.Trades(run, 0, 1_000)!.Trades.Select(trade => trade.GetRawText() + "\n"));
            return Task.FromResult<ReadOnlyMemory<byte>?>(Encoding.UTF8.GetBytes(lines));
        }
    }
}
