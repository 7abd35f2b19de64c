using FuturesBot.Dashboard;
using FuturesBot.Dashboard.Sample;
using Microsoft.Playwright;

namespace FuturesBot.Browser.Tests;

/// <summary>An address that asks who comes.</summary>
public sealed class SignInTests(Chromium chromium)
{
    private const string Token = "a-token-for-this-test-alone";

    [Fact]
    public async Task Token_WrongThenRight_OpensThePage()
    {
        var browser = chromium.Browser;
        var source = new SampleSource(seed: 7, TimeProvider.System);
        await using var app = DashboardHost.Create(
            SampleSources.Of(source), new DashboardOptions { Port = 0, TraderToken = new AccessToken(Token) });
        await app.StartAsync();
        var address = $"http://localhost:{new Uri(app.Urls.First()).Port}";
        await using var visit = await Visit.Open(browser, address, "/overview");
        var (token, form) = (visit.Page.GetByLabel("Token", new() { Exact = true }), visit.Page.Locator(".signin"));

        await token.FillAsync("not-the-token-at-all");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("neither");
        await token.FillAsync(Token);
        await visit.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(form).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Page.Locator("#open-signals tbody tr").First).ToBeVisibleAsync();
        Assert.DoesNotContain(Token, visit.Page.Url, StringComparison.Ordinal);
        await app.StopAsync();
    }
}
