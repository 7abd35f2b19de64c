using FuturesBot.Dashboard;
using FuturesBot.Dashboard.Sample;
using Microsoft.Playwright;

namespace FuturesBot.Browser.Tests;

/// <summary>The parts of the system and what they could not take in, where there are parts and where there are none.</summary>
public sealed class SystemTests(Chromium chromium, SampleHost host) : IClassFixture<SampleHost>
{
    [Fact]
    public async Task System_WithASilentPart_NamesItAndLetsAMessageGo()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/system");
        await visit.Settled("system");

        var timers = visit.Page.Locator(".ytable tbody tr", new() { HasText = "Timers" });
        await Assertions.Expect(timers.Locator(".chip.crit")).ToContainTextAsync("silent");
        await Assertions.Expect(timers).ToContainTextAsync("25 min ago");
        await Assertions.Expect(visit.Page.Locator(".ytable .chip.crit")).ToHaveCountAsync(1);   // a standby that is gone is no trouble
        var messages = visit.Page.Locator(".ymsg");
        await Assertions.Expect(messages).ToHaveCountAsync(2);
        await Assertions.Expect(messages.First).ToContainTextAsync("the exchange does not list NOPEUSDT");
        await messages.First.Locator("summary").ClickAsync();
        await Assertions.Expect(messages.First.Locator("pre")).ToContainTextAsync("repair_gap");
        await visit.Picture("system-open");
        await visit.Page.SetViewportSizeAsync(390, 844);
        await visit.Picture("system-open-phone");
        await visit.Page.SetViewportSizeAsync(1440, 900);

        await messages.First.GetByText("Let go …").ClickAsync();
        await visit.Page.Locator(".confirm .danger").ClickAsync();

        await Assertions.Expect(visit.Page.Locator(".toast-line")).ToContainTextAsync("gone");
        await Assertions.Expect(messages).ToHaveCountAsync(1);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Pages_ThatAHostLacks_AreNotOfferedAndLeadHome()
    {
        await using var app = DashboardHost.Create(
            SampleSources.Of(host.Source) with { Parts = null, Backtests = null, Settings = null, Chat = null }, new DashboardOptions { Port = 0 });
        await app.StartAsync(TestContext.Current.CancellationToken);
        await using var visit = await Visit.Open(chromium.Browser, $"http://localhost:{new Uri(app.Urls.First()).Port}", "/system");

        await visit.Settled("overview");
        foreach (var name in (string[])["System", "Backtests", "Settings", "Chat"])
            await Assertions.Expect(visit.Page.Locator(".rail a", new() { HasText = name })).ToBeHiddenAsync();
        await Assertions.Expect(visit.Page.Locator(".rail a", new() { HasText = "Limits" })).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.FillAsync("#find", "settings");
        await Assertions.Expect(visit.Page.Locator(".place")).Not.ToContainTextAsync(["Settings"]);

        Assert.Empty(visit.Complaints);
        await app.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task System_WithNothingPutAside_SaysSo()
    {
        await using var app = DashboardHost.Create(
            SampleSources.Of(host.Source) with { Parts = new Calm() }, new DashboardOptions { Port = 0 });
        await app.StartAsync(TestContext.Current.CancellationToken);
        await using var visit = await Visit.Open(chromium.Browser, $"http://localhost:{new Uri(app.Urls.First()).Port}", "/system");
        await visit.Settled("system");

        await Assertions.Expect(visit.Page.Locator(".yaside .empty")).ToContainTextAsync("No message is put aside");
        await Assertions.Expect(visit.Page.Locator(".ytable")).ToContainTextAsync("none so far");
        await visit.Picture("system-calm");
        Assert.Empty(visit.Complaints);
        await app.StopAsync(CancellationToken.None);
    }

    /// <summary>A system that has just begun.</summary>
    private sealed class Calm : IPartsSource
    {
        public IReadOnlyList<BeatView> Beats() =>
            [new("timers", null, double.NaN, 90, null, null, "", "", PartState.NotSeen, HealthLevel.Warn)];

        public IReadOnlyList<PoisonView> Poison(int limit) => [];

        public Task<bool> RemoveAsync(string id, CancellationToken cancel) => Task.FromResult(false);
    }
}
