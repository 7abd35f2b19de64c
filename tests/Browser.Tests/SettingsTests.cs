using Microsoft.Playwright;

namespace FuturesBot.Browser.Tests;

/// <summary>Settings are checked as they are typed, saved together, and taken back.</summary>
public sealed class SettingsTests(Chromium chromium, SampleHost host) : IClassFixture<SampleHost>
{
    private const string OpenRisk = "#s-risk\\.open_risk_max";

    [Fact]
    public async Task Setting_OutOfItsRange_IsRefusedWithTheRangeInWords()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/settings?setting=risk.open_risk_max");
        await visit.Settled("settings");

        await visit.Page.FillAsync(OpenRisk, "7.5");
        await visit.Page.Locator(OpenRisk).BlurAsync();

        var row = visit.Page.Locator(".set", new() { Has = visit.Page.Locator(OpenRisk) });
        await Assertions.Expect(row.Locator(".sfault")).ToContainTextAsync("7.5 % is outside; allowed: 0.5 to 6 %");
        await Assertions.Expect(visit.Page.Locator(".sdirty .sub")).ToHaveTextAsync("1 not saved, 1 to correct");
        await Assertions.Expect(visit.Page.Locator(".sdirty .pri")).ToBeDisabledAsync();
        await visit.Picture("settings-refused");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Settings_ThatContradictEachOther_AreRefusedByTheServerBeforeSaving()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/settings?setting=risk.open_risk_max");
        await visit.Settled("settings");

        await visit.Page.FillAsync("#s-risk\\.risk_per_trade", "2");
        await visit.Page.FillAsync(OpenRisk, "1");
        await visit.Page.Locator(OpenRisk).BlurAsync();

        await Assertions.Expect(visit.Page.Locator(".set.er .sfault")).ToContainTextAsync("is less than one trade risks");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Setting_ChangedSavedAndUndone_EndsWhereItBegan()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/settings?setting=risk.positions_max");
        await visit.Settled("settings");
        const string Positions = "#s-risk\\.positions_max";

        await visit.Page.FillAsync(Positions, "8");
        await visit.Page.ClickAsync(".sdirty .pri");

        await Assertions.Expect(visit.Page.Locator(".sdirty .sub")).ToHaveTextAsync("nothing");
        var newest = visit.Page.Locator(".past").First;
        await Assertions.Expect(newest).ToContainTextAsync("Positions at once");
        await Assertions.Expect(visit.Page.Locator(".set", new() { Has = visit.Page.Locator(Positions) })).ToContainTextAsync("runs with 10 positions until the restart");

        await newest.GetByText("Undo").ClickAsync();

        await Assertions.Expect(visit.Page.Locator(Positions)).ToHaveValueAsync("10");
        await Assertions.Expect(visit.Page.Locator(".past").First).ToContainTextAsync("undoes");
        Assert.Empty(visit.Complaints);
    }
}
