using Microsoft.Playwright;

namespace FuturesBot.Browser.Tests;

/// <summary>A program that ends and comes back under an open page.</summary>
public sealed class ConnectionTests(Chromium chromium, SampleHost host) : IClassFixture<SampleHost>
{
    [Fact]
    public async Task Connection_LostAndResumed_IsShownAndHealsByItself()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/overview");
        await visit.Settled("overview");
        await Assertions.Expect(visit.Page.Locator("#open-signals tbody tr").First).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(".livestate")).ToHaveTextAsync("Live");

        await host.Stop();

        await Assertions.Expect(visit.Page.Locator("body.is-stale")).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.Locator(".livestate")).ToContainTextAsync("Stale");
        await Assertions.Expect(visit.Page.Locator(".banner.lost")).ToContainTextAsync("Connection lost");
        await Assertions.Expect(visit.Page.Locator("#open-signals tbody tr")).Not.ToHaveCountAsync(0);

        await host.Resume();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Try now" }).ClickAsync();

        await Assertions.Expect(visit.Page.Locator("body.is-stale")).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Page.Locator(".livestate")).ToHaveTextAsync("Live");
        await Assertions.Expect(visit.Page.Locator(".banner.lost")).ToHaveCountAsync(0);
        host.Source.AddSignal("ADAUSDT");
        await Assertions.Expect(visit.Page.Locator("#open-signals tbody tr").Filter(new() { HasText = "ADA" })).ToHaveCountAsync(1);
    }
}
