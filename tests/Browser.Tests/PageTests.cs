namespace FuturesBot.Browser.Tests;

/// <summary>Every page, as a desk and as a phone sees it.</summary>
public sealed class PageTests(Chromium chromium, SampleHost host) : IClassFixture<SampleHost>
{
    public static TheoryData<string> Pages =>
    [
        "overview", "chart", "book", "signals", "portfolio", "results", "backtests", "data", "limits", "settings", "system", "logs", "chat",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_AtADeskAndOnAPhone_LoadsWithoutComplaintAndNeverScrollsSideways(string name)
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, $"/{name}");

        await visit.Settled(name);
        await visit.Picture(name);
        await HasNoSidewaysScroll(visit);
        await visit.Page.SetViewportSizeAsync(390, 844);
        await visit.Picture($"{name}-phone");

        await HasNoSidewaysScroll(visit);
        Assert.Empty(visit.Complaints);
        Assert.Equal(0, await visit.Page.Locator(".problem").CountAsync());
    }

    private static async Task HasNoSidewaysScroll(Visit visit)
    {
        var (wide, shown) = (
            await visit.Page.EvaluateAsync<int>("document.getElementById('page').scrollWidth"),
            await visit.Page.EvaluateAsync<int>("document.getElementById('page').clientWidth"));
        Assert.True(wide <= shown, $"The page is {wide} px wide in a window of {shown} px");
    }
}
