namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>Cuts messages that are too long into messages that are not.</summary>
public static class MessageParts
{
    // A message that is sent again says so in a line of its own.
    private const int Reserve = 40;

    /// <summary>
    /// The message itself where it is short enough. Otherwise the first part keeps picture and card, the last the buttons, and
    /// the others go silently; each has an id of its own, so that a crash repeats one part, not all. A card's text is cut
    /// instead: edited again and again, its rest would flood the chat.
    /// </summary>
    public static IReadOnlyList<OutgoingMessage> Of(OutgoingMessage message)
    {
        var hasPicture = message.Picture is not null || message.PictureKey is not null;
        var first = (hasPicture || message.Card is not null ? HtmlText.CaptionMax : HtmlText.TextMax) - Reserve;
        if (message is { Act: MessageAct.Edit, Card: not null }) return [message with { Html = HtmlText.Cut(message.Html, first) }];
        var parts = HtmlText.Split(message.Html, first, HtmlText.TextMax - Reserve);
        if (parts.Count == 1) return [message with { Html = parts[0] }];
        return
        [
            .. parts.Select((html, i) => i == 0
                ? message with { Html = html, Buttons = [] }
                : new OutgoingMessage
                {
                    Id = $"{message.Id}#{i + 1}",
                    ChatId = message.ChatId,
                    Html = html,
                    Rank = message.Rank,
                    Buttons = i == parts.Count - 1 ? message.Buttons : [],
                    Silent = true,
                    CreatedAtMs = message.CreatedAtMs,
                }),
        ];
    }
}
