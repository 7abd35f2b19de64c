using Microsoft.Playwright;

namespace FuturesBot.Browser.Tests;

/// <summary>What somebody does with the page, and what the page does by itself.</summary>
public sealed class LivePageTests(Chromium chromium, SampleHost host) : IClassFixture<SampleHost>
{
    [Fact]
    public async Task Signal_DecidedNow_AppearsInTheOpenPageAndInItsCount()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/overview");
        await visit.Settled("overview");
        var rows = visit.Page.Locator("#open-signals tbody tr");
        await Assertions.Expect(rows.First).ToBeVisibleAsync();
        var before = await rows.CountAsync();

        host.Source.AddSignal("XRPUSDT");

        await Assertions.Expect(rows).ToHaveCountAsync(before + 1);
        await Assertions.Expect(rows.Filter(new() { HasText = "XRP" })).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.Locator(".rail a[href='#/signals'] .cnt")).ToHaveTextAsync($"{before + 1}");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Link_ToASymbolAndFrame_OpensThem()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/chart?symbol=LINKUSDT&timeframe=1h");

        await Assertions.Expect(visit.Page.Locator("#symbol")).ToHaveValueAsync("LINKUSDT");
        await Assertions.Expect(visit.Page.Locator(".bar .seg button[aria-pressed=true]")).ToHaveTextAsync("1h");
        await Assertions.Expect(visit.Page.Locator(".legend")).ToContainTextAsync("O ");
    }

    [Fact]
    public async Task Link_ToAClosedSignal_FindsItsSymbolAndSaysWhy()
    {
        var signal = host.Source.Signals(Dashboard.SignalGroup.Closed, 1)[0];
        await using var visit = await Visit.Open(chromium.Browser, host.Address, $"/chart?signal={signal.SignalId}");

        await Assertions.Expect(visit.Page.Locator("#symbol")).ToHaveValueAsync(signal.Symbol.Name);
        await Assertions.Expect(visit.Page.Locator("#why")).ToContainTextAsync("What was checked");
    }

    [Fact]
    public async Task FindBox_AfterSlash_LeadsToASymbolsChart()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/overview");
        await visit.Settled("overview");

        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Keyboard.TypeAsync("doge");
        await Assertions.Expect(visit.Page.Locator("#found [aria-selected=true]")).ToContainTextAsync("DOGEUSDT");
        await visit.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(visit.Page.Locator("#symbol")).ToHaveValueAsync("DOGEUSDT");
    }

    [Fact]
    public async Task Keys_GoToPagesOpenRowsAndListThemselves()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/overview");
        await visit.Settled("overview");
        var keys = visit.Page.Keyboard;

        await keys.PressAsync("g");
        await keys.PressAsync("s");
        await visit.Settled("signals");
        await Assertions.Expect(visit.Page.Locator(".list tbody tr[data-id]").First).ToBeVisibleAsync();
        await keys.PressAsync("j");
        await keys.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator(".exp-row")).ToHaveCountAsync(1);
        await keys.PressAsync("Escape");
        await Assertions.Expect(visit.Page.Locator(".exp-row")).ToHaveCountAsync(0);
        await keys.PressAsync("?");
        await Assertions.Expect(visit.Page.Locator(".modal.show")).ToContainTextAsync("time frame");
        await keys.PressAsync("Escape");
        await Assertions.Expect(visit.Page.Locator(".modal.show")).ToHaveCountAsync(0);
        await keys.PressAsync("g");
        await keys.PressAsync("c");
        await Assertions.Expect(visit.Page.Locator(".bar .seg button[aria-pressed=true]")).ToHaveTextAsync("15m");
        await keys.PressAsync("4");

        await Assertions.Expect(visit.Page.Locator(".bar .seg button[aria-pressed=true]")).ToHaveTextAsync("1h");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Filter_BySideAndKind_ListsOnlyThoseAndStaysInTheAddress()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/signals");
        await visit.Settled("signals");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Closed", Exact = true }).ClickAsync();
        await visit.Page.GetByLabel("Side", new() { Exact = true }).SelectOptionAsync("short");

        var rows = visit.Page.Locator(".list tbody tr[data-id]");
        await Assertions.Expect(rows.First).ToBeVisibleAsync();
        await Assertions.Expect(rows.Filter(new() { Has = visit.Page.Locator(".dir.L") })).ToHaveCountAsync(0);
        Assert.Contains("list=closed", visit.Page.Url, StringComparison.Ordinal);
        Assert.Contains("side=short", visit.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_StepByStep_ShowsNothingOfLater()
    {
        var signal = host.Source.Signals(Dashboard.SignalGroup.Closed, 1)[0];
        await using var visit = await Visit.Open(chromium.Browser, host.Address, $"/chart?signal={signal.SignalId}&replay=1");
        var strip = visit.Page.Locator(".replay");

        await Assertions.Expect(strip).ToContainTextAsync("the deciding bar");
        await Assertions.Expect(visit.Page.Locator("#why .life")).Not.ToContainTextAsync("closed");
        await visit.Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(strip).ToContainTextAsync("1 before the decision");
        await Assertions.Expect(visit.Page.Locator("#why")).ToContainTextAsync("Nothing of this signal was known");
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(strip).ToContainTextAsync("1 after it");
        await visit.Page.Keyboard.PressAsync("r");

        await Assertions.Expect(strip).ToBeHiddenAsync();
        await Assertions.Expect(visit.Page.Locator("#why .life")).ToContainTextAsync("closed");
        Assert.Empty(visit.Complaints);
    }
}
