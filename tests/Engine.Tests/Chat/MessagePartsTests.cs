using FuturesBot.Engine.Chat.Delivery;
using Xunit;

namespace FuturesBot.Engine.Tests.Chat;

public sealed class MessagePartsTests
{
    private static readonly string Long = string.Join("\n", Enumerable.Range(1, 400).Select(i => $"line {i} of a long answer"));

    [Fact]
    public void Of_ALongAnswer_IsSeveralWithIdsOfTheirOwn()
    {
        var parts = MessageParts.Of(Message() with { Html = Long, Buttons = [[new("next", "n")]] });

        Assert.True(parts.Count > 1);
        Assert.Equal(parts.Count, parts.Select(part => part.Id).Distinct().Count());
        Assert.All(parts, part => Assert.True(HtmlText.Length(part.Html) <= HtmlText.TextMax));
        Assert.All(parts.SkipLast(1), part => Assert.Empty(part.Buttons));
        Assert.Single(parts[^1].Buttons);
        Assert.Equal("effect@5", parts[0].Id);
    }

    [Fact]
    public void Of_ALongCaption_KeepsThePictureWithTheFirstPart()
    {
        var parts = MessageParts.Of(Message() with { Html = Long, PictureKey = "signal:1" });
        Assert.True(HtmlText.Length(parts[0].Html) <= HtmlText.CaptionMax);
        Assert.Equal("signal:1", parts[0].PictureKey);
        Assert.All(parts.Skip(1), part => Assert.Null(part.PictureKey));
    }

    [Fact]
    public void Of_ALongEditOfACard_IsCut()
    {
        var part = Assert.Single(MessageParts.Of(Message() with { Html = Long, Act = MessageAct.Edit, Card = "s" }));
        Assert.True(HtmlText.Length(part.Html) <= HtmlText.CaptionMax);
        Assert.EndsWith("…", part.Html);
    }

    private static OutgoingMessage Message() => new() { Id = "effect@5", ChatId = 5, Html = "short" };
}
