using System.Text.Json;
using System.Text.Json.Nodes;
using FuturesBot.Engine.Chat;
using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Telegram;

/// <summary>
/// Messages as Telegram takes them: HTML, and plain text where Telegram refuses the HTML; a picture, and the text alone where
/// it refuses the picture.
/// </summary>
public sealed partial class TelegramMessenger(BotApi api, ILogger log) : IMessenger
{
    private const string Html = "HTML";

    /// <summary>Texts whose HTML was refused, since the start.</summary>
    public long HtmlRefused => Interlocked.Read(ref _htmlRefused);

    /// <summary>Pictures that were refused, since the start.</summary>
    public long PicturesRefused => Interlocked.Read(ref _picturesRefused);

    private long _htmlRefused;
    private long _picturesRefused;

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(ChatPost post, CancellationToken cancel = default)
    {
        if (post.Picture is { } png)
        {
            var answer = await InHtmlOrPlainAsync(
                post, (text, mode) => api.SendPhotoAsync(Fields(post, reply: true, "caption", text, mode), png, cancel));
            if (!IsPictureRefused(answer)) return OutcomeOf(answer, hasPicture: true);
            Interlocked.Increment(ref _picturesRefused);
            LogPictureRefused(log, post.ChatId, answer.Text);
        }

        return OutcomeOf(
            await InHtmlOrPlainAsync(post, (text, mode) => api.SendMessageAsync(Fields(post, reply: true, "text", text, mode), cancel)),
            hasPicture: false);
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> EditAsync(ChatPost post, SentCard sent, CancellationToken cancel = default)
    {
        if (post.Picture is { } png && sent.HasPicture)
        {
            var media = await InHtmlOrPlainAsync(
                post, (text, mode) => api.EditMessageMediaAsync(Edited(post, sent, null, null, null), text, png, mode, cancel));
            if (!IsPictureRefused(media)) return EditOutcomeOf(media, sent with { HasPicture = true });
            Interlocked.Increment(ref _picturesRefused);
            LogPictureRefused(log, post.ChatId, media.Text);
        }

        var answer = await EditTextAsync(post, sent, cancel);
        // Whether a message has a picture is not always known here: a press tells its number alone.
        if (answer is BotAnswer.Fault { Code: 400 } fault && fault.Description.Contains("no text in the message", StringComparison.OrdinalIgnoreCase))
        {
            sent = sent with { HasPicture = true };
            answer = await EditTextAsync(post, sent, cancel);
        }

        return EditOutcomeOf(answer, sent);
    }

    /// <inheritdoc/>
    public async Task AnswerPressAsync(string callbackId, string? toast, CancellationToken cancel = default)
    {
        var answer = await api.AnswerCallbackQueryAsync(callbackId, toast, cancel);
        if (answer is not BotAnswer.Done) LogPressUnanswered(log, answer.Text);
    }

    private Task<BotAnswer> EditTextAsync(ChatPost post, SentCard sent, CancellationToken cancel) =>
        InHtmlOrPlainAsync(post, (text, mode) => sent.HasPicture
            ? api.EditMessageCaptionAsync(Edited(post, sent, "caption", text, mode), cancel)
            : api.EditMessageTextAsync(Edited(post, sent, "text", text, mode), cancel));

    private async Task<BotAnswer> InHtmlOrPlainAsync(ChatPost post, Func<string, string?, Task<BotAnswer>> call)
    {
        var answer = await call(post.Html, Html);
        if (answer is not BotAnswer.Fault { Code: 400 } fault || !fault.Description.Contains("parse entities", StringComparison.OrdinalIgnoreCase))
            return answer;
        Interlocked.Increment(ref _htmlRefused);
        LogHtmlRefused(log, post.ChatId, fault.Description);
        return await call(HtmlText.Plain(post.Html), null);
    }

    private static JsonObject Fields(ChatPost post, bool reply, string textName, string text, string? parseMode)
    {
        var fields = new JsonObject { ["chat_id"] = post.ChatId, [textName] = text };
        if (parseMode is not null) fields["parse_mode"] = parseMode;
        if (textName == "text") fields["link_preview_options"] = new JsonObject { ["is_disabled"] = true };
        if (post.Silent) fields["disable_notification"] = true;
        if (reply && post.ReplyTo is { } to)
            fields["reply_parameters"] = new JsonObject { ["message_id"] = to, ["allow_sending_without_reply"] = true };
        if (post.Buttons.Count > 0) fields["reply_markup"] = Keyboard(post);
        return fields;
    }

    private static JsonObject Edited(ChatPost post, SentCard sent, string? textName, string? text, string? parseMode)
    {
        var fields = new JsonObject { ["chat_id"] = post.ChatId, ["message_id"] = sent.MessageId };
        if (textName is not null) fields[textName] = text;
        if (textName == "text") fields["link_preview_options"] = new JsonObject { ["is_disabled"] = true };
        if (parseMode is not null) fields["parse_mode"] = parseMode;
        if (post.Buttons.Count > 0) fields["reply_markup"] = Keyboard(post);
        return fields;
    }

    private static JsonObject Keyboard(ChatPost post) => new()
    {
        ["inline_keyboard"] = new JsonArray(
        [
            .. post.Buttons.Select(row => new JsonArray([.. row.Select(ButtonOf)])),
        ]),
    };

    private static JsonObject ButtonOf(ChatButton button) => new() { ["text"] = button.Text, ["callback_data"] = button.Data };

    private static bool IsPictureRefused(BotAnswer answer) =>
        answer is BotAnswer.Fault { Code: 413 }
        || (answer is BotAnswer.Fault { Code: 400 } fault
            && (fault.Description.Contains("PHOTO", StringComparison.Ordinal) || fault.Description.Contains("IMAGE", StringComparison.Ordinal)
                || fault.Description.Contains("too big", StringComparison.OrdinalIgnoreCase)
                || fault.Description.Contains("caption is too long", StringComparison.OrdinalIgnoreCase)));

    private static SendOutcome OutcomeOf(BotAnswer answer, bool hasPicture) => answer switch
    {
        BotAnswer.Done done when MessageIdIn(done.Result) is { } id => new SendOutcome.Delivered(new(id, hasPicture)),
        BotAnswer.Done => new SendOutcome.Unknown("the answer names no message"),
        BotAnswer.Fault { RetryAfter: { } wait } => new SendOutcome.RetryAfter(wait),
        // A wrong token is put right by people: what waits then goes out.
        BotAnswer.Fault { Code: 401 or 404 } => new SendOutcome.NotSent($"Telegram does not know the token ({answer.Text})"),
        BotAnswer.Fault => new SendOutcome.Refused(answer.Text),
        BotAnswer.Lost { MayHaveArrived: false } => new SendOutcome.NotSent(answer.Text),
        _ => new SendOutcome.Unknown(answer.Text),
    };

    private static SendOutcome EditOutcomeOf(BotAnswer answer, SentCard sent) => answer switch
    {
        BotAnswer.Done => new SendOutcome.Delivered(sent),
        BotAnswer.Fault { Code: 400 } fault when Says(fault, "message is not modified") => new SendOutcome.Delivered(sent),
        BotAnswer.Fault { Code: 400 } fault when Says(fault, "message to edit not found") || Says(fault, "message can't be edited")
            || Says(fault, "MESSAGE_ID_INVALID") => new SendOutcome.Gone(),
        _ => OutcomeOf(answer, sent.HasPicture),
    };

    private static bool Says(BotAnswer.Fault fault, string words) => fault.Description.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static long? MessageIdIn(JsonElement result) =>
        result.ValueKind == JsonValueKind.Object && result.TryGetProperty("message_id", out var id) && id.TryGetInt64(out var number) ? number : null;

    [LoggerMessage(7101, LogLevel.Error, "Telegram refused the HTML of a message to {Chat}; it goes as plain text: {Why}")]
    private static partial void LogHtmlRefused(ILogger log, long chat, string why);

    [LoggerMessage(7102, LogLevel.Error, "Telegram refused the picture of a message to {Chat}; the text goes alone: {Why}")]
    private static partial void LogPictureRefused(ILogger log, long chat, string why);

    [LoggerMessage(7103, LogLevel.Information, "A pressed button was not answered: {Why}")]
    private static partial void LogPressUnanswered(ILogger log, string why);
}
