using Microsoft.Playwright;

namespace FuturesBot.Browser.Tests;

/// <summary>Order books, stored data and logs under somebody's hands.</summary>
public sealed class MarketPagesTests(Chromium chromium, SampleHost host) : IClassFixture<SampleHost>
{
    [Fact]
    public async Task Book_ThatIsOutOfStep_ShowsNoNumberAndSaysWhy()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/book?symbol=LTCUSDT");
        await visit.Settled("book");

        await Assertions.Expect(visit.Page.Locator(".btrust")).ToContainTextAsync("an update is missing");
        await Assertions.Expect(visit.Page.Locator(".bkpis .kpi").First.Locator(".v")).ToHaveTextAsync("—");
        await Assertions.Expect(visit.Page.Locator(".bsay .hatch")).ToHaveCountAsync(5);
        await visit.Picture("book-gap");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Book_WhileTheMarketMoves_FollowsTheStream()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/book?symbol=BTCUSDT");
        await visit.Settled("book");
        var best = visit.Page.Locator(".bl.bid .bq").First;
        await Assertions.Expect(best).Not.ToHaveTextAsync("");

        var before = await best.TextContentAsync();

        await Assertions.Expect(best).Not.ToHaveTextAsync(before!);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Gap_Repaired_StandsAmongTheJobs()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/data");
        await visit.Settled("data");

        await visit.Page.Locator(".dgaps").GetByText("Repair", new() { Exact = true }).First.ClickAsync();

        await Assertions.Expect(visit.Page.Locator(".djobs")).ToContainTextAsync("Repair ADA 15m");
        await visit.Picture("data-job");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Symbol_Removed_AsksForTheCodeFirst()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/data");
        await visit.Settled("data");

        await visit.Page.GetByText("Remove …").First.ClickAsync();
        var act = visit.Page.Locator(".confirm .danger");
        await Assertions.Expect(act).ToBeDisabledAsync();
        await visit.Page.FillAsync(".confirm .code", await visit.Page.Locator(".confirm .mono").InnerTextAsync());
        await act.ClickAsync();

        await Assertions.Expect(visit.Page.Locator(".toast-line")).ToContainTextAsync("BTC");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Logs_FilteredByLevelAndText_HoldOnlyWhatFits()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/logs?level=warning");
        await visit.Settled("logs");
        var lines = visit.Page.Locator(".logline");
        await Assertions.Expect(lines.First).ToBeVisibleAsync();

        await visit.Page.FillAsync(".lsearch", "survey");

        await Assertions.Expect(visit.Page.Locator(".logline.warning")).ToHaveCountAsync(0);
        await Assertions.Expect(lines.First).ToContainTextAsync("The survey of LTCUSDT");
        Assert.Empty(visit.Complaints);
    }
}
