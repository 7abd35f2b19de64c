using FuturesBot.Adapters.Telegram;
using FuturesBot.Engine.Chat;
using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.Simulator.Telegram;
using Xunit;

namespace FuturesBot.Adapters.Tests.Telegram;

public sealed class TelegramMessengerTests
{
    private static readonly IReadOnlyList<IReadOnlyList<ChatButton>> Buttons = [[new("More", "run:more"), new("Less", "run:less")], [new("Menu", "menu:0")]];

    [Fact]
    public async Task SendAsync_OfEverythingAMessageHas_StandsInTheChat()
    {
        await using var wired = await Wired.StartAsync();
        var first = await wired.SendAsync(new(5, "<b>first</b> &lt; 1"));
        var second = await wired.SendAsync(new(5, "caption <i>here</i>") { Picture = Wired.Png(), Buttons = Buttons, ReplyTo = first.MessageId, Silent = true });

        var message = wired.Server.Messages(5)[1];
        Assert.Equal((second.MessageId, "caption <i>here</i>", true, true), (message.Id, message.Text, message.IsHtml, message.IsSilent));
        Assert.Equal(Wired.Png(), message.Picture);
        Assert.Equal(first.MessageId, message.ReplyTo);
        Assert.Equal(["run:more", "run:less", "menu:0"], message.Buttons.SelectMany(row => row).Select(button => button.Data));
        Assert.True(second.HasPicture);
    }

    [Fact]
    public async Task EditAsync_OfTextCaptionAndPicture_ChangesTheMessageInPlace()
    {
        await using var wired = await Wired.StartAsync();
        var text = await wired.SendAsync(new(5, "text"));
        var card = await wired.SendAsync(new(5, "card") { Picture = Wired.Png() });

        await wired.Messenger.EditAsync(new(5, "text, edited"), text);
        await wired.Messenger.EditAsync(new(5, "card, edited"), card);
        await wired.Messenger.EditAsync(new(5, "card, redrawn") { Picture = Wired.Png(mark: 7) }, card);

        var messages = wired.Server.Messages(5);
        Assert.Equal(["text, edited", "card, redrawn"], messages.Select(message => message.Text));
        Assert.Equal(Wired.Png(mark: 7), messages[1].Picture);
        Assert.Equal([1, 2], messages.Select(message => message.Edits));
    }

    [Fact]
    public async Task EditAsync_OfWhatIsSoAlready_CountsAsDelivered()
    {
        await using var wired = await Wired.StartAsync();
        var sent = await wired.SendAsync(new(5, "same"));
        Assert.IsType<SendOutcome.Delivered>(await wired.Messenger.EditAsync(new(5, "same"), sent));
    }

    [Fact]
    public async Task EditAsync_OfADeletedMessage_SaysGone()
    {
        await using var wired = await Wired.StartAsync();
        var sent = await wired.SendAsync(new(5, "text"));
        wired.Server.Delete(5, sent.MessageId);
        Assert.IsType<SendOutcome.Gone>(await wired.Messenger.EditAsync(new(5, "other"), sent));
    }

    [Fact]
    public async Task EditAsync_OfAPictureTakenForAText_ChangesItsCaption()
    {
        await using var wired = await Wired.StartAsync();
        var sent = await wired.SendAsync(new(5, "card") { Picture = Wired.Png() });
        Assert.IsType<SendOutcome.Delivered>(await wired.Messenger.EditAsync(new(5, "page 2"), sent with { HasPicture = false }));
        Assert.Equal("page 2", wired.Server.Messages(5)[0].Text);
    }

    [Theory]
    [InlineData(TelegramFault.TooManyRequests, typeof(SendOutcome.RetryAfter), 0)]
    [InlineData(TelegramFault.ServerError, typeof(SendOutcome.Unknown), 0)]
    [InlineData(TelegramFault.BadGateway, typeof(SendOutcome.Unknown), 0)]
    [InlineData(TelegramFault.CutBefore, typeof(SendOutcome.Unknown), 0)]
    [InlineData(TelegramFault.CutAfter, typeof(SendOutcome.Unknown), 1)]
    [InlineData(TelegramFault.Blocked, typeof(SendOutcome.Refused), 0)]
    public async Task SendAsync_GoingWrong_SaysWhatIsKnown(TelegramFault fault, Type expected, int inChat)
    {
        await using var wired = await Wired.StartAsync();
        wired.Server.Faults.Add(fault, retryAfterSeconds: 23);
        var outcome = await wired.Messenger.SendAsync(new(5, "text"));
        Assert.IsType(expected, outcome);
        if (outcome is SendOutcome.RetryAfter retry) Assert.Equal(TimeSpan.FromSeconds(23), retry.Wait);
        Assert.Equal(inChat, wired.Server.Messages(5).Count);
    }

    [Fact]
    public async Task SendAsync_NoAnswer_IsUnknownWithinTheTimeLimit()
    {
        await using var wired = await Wired.StartAsync(new() { TimeoutMs = 1_000 });
        wired.Server.Faults.Add(TelegramFault.SilentAfter);
        Assert.IsType<SendOutcome.Unknown>(await wired.Messenger.SendAsync(new(5, "text")));
        Assert.Single(wired.Server.Messages(5));
    }

    [Fact]
    public async Task SendAsync_NoConnection_CertainlyDidNotArrive()
    {
        await using var wired = await Wired.StartAsync();
        await wired.Server.DisposeAsync();
        Assert.IsType<SendOutcome.NotSent>(await wired.Messenger.SendAsync(new(5, "text")));
    }

    [Fact]
    public async Task SendAsync_HtmlRefused_GoesAsPlainText()
    {
        await using var wired = await Wired.StartAsync();
        wired.Server.Faults.Add(TelegramFault.HtmlRejected);
        await wired.SendAsync(new(5, "<b>2 &lt; 3</b>"));
        var message = Assert.Single(wired.Server.Messages(5));
        Assert.Equal(("2 < 3", false), (message.Text, message.IsHtml));
        Assert.Equal(1, wired.Messenger.HtmlRefused);
    }

    [Fact]
    public async Task SendAsync_HtmlThatTelegramCannotRead_GoesAsPlainText()
    {
        await using var wired = await Wired.StartAsync();
        await wired.SendAsync(new(5, "a < b <unknown> </b>"));
        Assert.Equal("a < b <unknown> ", Assert.Single(wired.Server.Messages(5)).Text);
    }

    [Fact]
    public async Task SendAsync_PictureRefused_SendsTheTextAlone()
    {
        await using var wired = await Wired.StartAsync();
        var sent = await wired.SendAsync(new(5, "caption") { Picture = new byte[100] });
        Assert.False(sent.HasPicture);
        Assert.Null(Assert.Single(wired.Server.Messages(5)).Picture);
        Assert.Equal(1, wired.Messenger.PicturesRefused);
    }

    [Fact]
    public async Task SendAsync_WrongToken_WaitsForPeople()
    {
        await using var wired = await Wired.StartAsync();
        using var api = new BotApi(wired.Options, new("999:wrong"), proxy: null, new(), TimeProvider.System);
        var messenger = new TelegramMessenger(api, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        Assert.IsType<SendOutcome.NotSent>(await messenger.SendAsync(new(5, "text")));
    }

    [Fact]
    public async Task OtherCalls_AgainstTheServer_AreCarriedOut()
    {
        await using var wired = await Wired.StartAsync();
        var cancel = TestContext.Current.CancellationToken;
        Assert.IsType<BotAnswer.Done>(await wired.Api.SetMyCommandsAsync([("status", "how it does")], cancel));
        Assert.Equal([("status", "how it does")], wired.Server.Commands);
        Assert.IsType<BotAnswer.Done>(await wired.Api.SendMediaGroupAsync(new() { ["chat_id"] = 5 }, "<b>album</b>", [Wired.Png(), Wired.Png()], cancel));
        Assert.Equal(2, wired.Server.Messages(5).Count(message => message.Album is not null));
        Assert.IsType<BotAnswer.Done>(await wired.Api.SetWebhookAsync(new("https://bot.example/hook"), new("secret-of-hook"), dropPending: true, cancel));
        Assert.Equal(("https://bot.example/hook", "secret-of-hook"), wired.Server.Webhook);
        Assert.Equal(409, Assert.IsType<BotAnswer.Fault>(await wired.Api.GetUpdatesAsync(0, TimeSpan.Zero, cancel)).Code);
        var info = Assert.IsType<BotAnswer.Done>(await wired.Api.GetWebhookInfoAsync(cancel));
        Assert.Equal("https://bot.example/hook", info.Result.GetProperty("url").GetString());
        Assert.IsType<BotAnswer.Done>(await wired.Api.DeleteWebhookAsync(dropPending: false, cancel));
        Assert.IsType<BotAnswer.Done>(await wired.Api.GetUpdatesAsync(0, TimeSpan.Zero, cancel));
        Assert.Equal("futures_bot", Assert.IsType<BotAnswer.Done>(await wired.Api.GetMeAsync(cancel)).Result.GetProperty("username").GetString());
    }
}
