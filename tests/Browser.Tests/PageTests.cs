namespace FuturesBot.Browser.Tests;

/// <summary>Every page, as a desk and as a phone sees it.</summary>
public sealed class PageTests(Chromium chromium, SampleHost host) : IClassFixture<SampleHost>
{
    public static TheoryData<string> Pages =>
    [
        "overview", "chart", "book", "signals", "portfolio", "results", "backtests", "data", "limits", "settings", "logs", "chat",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_AtADesk_LoadsWithoutComplaint(string name)
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, $"/{name}");

        await visit.Settled(name);

        await visit.Picture(name);
        Assert.Empty(visit.Complaints);
        Assert.Equal(0, await visit.Page.Locator(".problem").CountAsync());
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_OnAPhone_HasNoSidewaysScrollAndNoComplaint(string name)
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, $"/{name}", width: 390, height: 844);

        await visit.Settled(name);

        await visit.Picture($"{name}-phone");
        Assert.Empty(visit.Complaints);
        var (wide, shown) = (
            await visit.Page.EvaluateAsync<int>("document.getElementById('page').scrollWidth"),
            await visit.Page.EvaluateAsync<int>("document.getElementById('page').clientWidth"));
        Assert.True(wide <= shown, $"The page is {wide} px wide in a window of {shown} px");
    }
}
