using Microsoft.Playwright;

namespace FuturesBot.Browser.Tests;

/// <summary>The chat as it would look: a command that asks back, and what becomes of its message.</summary>
public sealed class ChatTests(Chromium chromium, SampleHost host) : IClassFixture<SampleHost>
{
    [Fact]
    public async Task Command_ThatAsksBack_IsConfirmedByItsButton()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/chat");
        await visit.Settled("chat");
        var messages = visit.Page.Locator(".tgmsg");
        await Assertions.Expect(messages).ToHaveCountAsync(3);

        await visit.Page.FillAsync(".tginput", "/pause <b>now</b>");
        await visit.Page.Locator(".tginput").PressAsync("Enter");

        await Assertions.Expect(messages).ToHaveCountAsync(5);
        await Assertions.Expect(messages.Nth(3)).ToContainTextAsync("/pause <b>now</b>");   // what a person writes is never markup
        await visit.Picture("chat-asked");
        await messages.Last.GetByText("Остановить", new() { Exact = true }).ClickAsync();

        await Assertions.Expect(messages.Last).ToContainTextAsync("Новых сделок нет");
        await Assertions.Expect(messages.Last).ToContainTextAsync("edited");
        await Assertions.Expect(messages.Last.Locator(".tgrow")).ToHaveCountAsync(0);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Signal_WithAPicture_ShowsItAndOffersItsCommand()
    {
        await using var visit = await Visit.Open(chromium.Browser, host.Address, "/chat");
        await visit.Settled("chat");
        var signal = visit.Page.Locator(".tgmsg").First;

        await signal.ScrollIntoViewIfNeededAsync();
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('.tgmsg img')?.naturalWidth === 960");
        await visit.Picture("chat-signal");
        await signal.GetByText("/why SOLUSDT").ClickAsync();

        await Assertions.Expect(visit.Page.Locator(".tginput")).ToHaveValueAsync("/why SOLUSDT");
        Assert.Empty(visit.Complaints);
    }
}
