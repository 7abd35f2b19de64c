using Microsoft.Playwright;

namespace FuturesBot.Browser.Tests;

/// <summary>A run is ordered, watched, compared, and its report is read.</summary>
public sealed class BacktestsTests(Chromium chromium, SampleHost host) : IClassFixture<SampleHost>
{
    [Fact]
    public async Task Run_OrderedOnThePage_ComesToItsReport()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/backtests");
        await visit.Settled("backtests");
        var rows = visit.Page.Locator(".bruns tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(3);

        await visit.Page.GetByLabel("Profile", new() { Exact = true }).SelectOptionAsync("seed");
        await visit.Page.ClickAsync(".bstart");

        await Assertions.Expect(rows).ToHaveCountAsync(4);
        await Assertions.Expect(rows.First).ToContainTextAsync("Done", new() { Timeout = 30_000 });
        await Assertions.Expect(visit.Page.Locator(".bfigures tbody tr")).ToHaveCountAsync(3);
        await visit.Picture("backtests-done");

        var report = await visit.Page.Context.RunAndWaitForPageAsync(() => rows.First.GetByText("Report").ClickAsync());
        await Assertions.Expect(report.Locator("h1")).ToContainTextAsync("Report of run");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Order_ThatEndsAfterTheData_CannotBeStarted()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/backtests");
        await visit.Settled("backtests");

        await visit.Page.GetByLabel("Until, UTC, that day included").FillAsync("2099-01-01");

        await Assertions.Expect(visit.Page.Locator("[data-fault=to]")).ToContainTextAsync("The data ends at");
        await Assertions.Expect(visit.Page.Locator(".bstart")).ToBeDisabledAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Trades_OfARun_ArePagedInADialog()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/backtests");
        await visit.Settled("backtests");

        await visit.Page.Locator(".bruns").GetByText("Trades", new() { Exact = true }).And(visit.Page.Locator("button")).First.ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".btrades")).ToContainTextAsync("1 to 50 of");
        await visit.Page.GetByText("Later →").ClickAsync();

        await Assertions.Expect(visit.Page.Locator(".btrades")).ToContainTextAsync("51 to 100 of");
        await visit.Picture("backtests-trades");
        Assert.Empty(visit.Complaints);
    }
}
