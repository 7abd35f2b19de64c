using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FuturesBot.Adapters.Binance;
using FuturesBot.Engine.Chat;
using FuturesBot.Engine.Sharding;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Telegram;

/// <summary>
/// Takes what Telegram brings to an address, and puts it where the holder of the market finds it, who also holds the chat's desk. The
/// answer waits for no more than that.
/// </summary>
/// <param name="secret">What <c>setWebhook</c> was given.</param>
/// <param name="commands">Where updates go.</param>
/// <param name="time">Wall time.</param>
/// <param name="log">Hears of what could not be taken in.</param>
public sealed partial class WebhookRelay(Secret secret, ICommandSender commands, TimeProvider time, ILogger log)
{
    private readonly WebhookDoor _door = new(secret, time);

    /// <inheritdoc cref="TelegramWebhook.HandleAsync"/>
    public async Task<WebhookAnswer> HandleAsync(string? secretHeader, Stream body, CancellationToken cancel)
    {
        var (answer, update) = await _door.ReadAsync(secretHeader, body, cancel);
        if (update is null) return answer;
        try
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"chat-update-{update.UpdateId}");
            await commands.SendAsync(id, new SidecarCommand.TakeChatUpdate(JsonOf(update)), cancel);
            return WebhookAnswer.Taken;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or OutOfMemoryException))
        {
            LogLater(log, fault, update.UpdateId);
            return WebhookAnswer.Later;
        }
    }

    /// <summary>
    /// The update in Telegram's own form with what is read of it and nothing else: an update may be far longer than a message of a
    /// queue, what is read of it is not.
    /// </summary>
    private static string JsonOf(ChatUpdate update)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("update_id", update.UpdateId);
            if (update.Press is { } press) WritePress(json, update, press);
            else WriteMessage(json, update);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteMessage(Utf8JsonWriter json, ChatUpdate update)
    {
        json.WriteStartObject("message");
        WriteId(json, "chat", update.ChatId);
        if (update.UserId != 0) WriteId(json, "from", update.UserId);
        json.WriteNumber("date", update.AtMs / 1_000);
        json.WriteString("text", update.Text);
        json.WriteEndObject();
    }

    private static void WritePress(Utf8JsonWriter json, ChatUpdate update, ChatPress press)
    {
        json.WriteStartObject("callback_query");
        json.WriteString("id", press.CallbackId);
        if (update.UserId != 0) WriteId(json, "from", update.UserId);
        json.WriteString("data", press.Data);
        json.WriteStartObject("message");
        WriteId(json, "chat", update.ChatId);
        json.WriteNumber("message_id", press.MessageId);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteId(Utf8JsonWriter json, string name, long id)
    {
        json.WriteStartObject(name);
        json.WriteNumber("id", id);
        json.WriteEndObject();
    }

    [LoggerMessage(7112, LogLevel.Error, "Update {Id} could not be put on the command queue; Telegram brings it again")]
    private static partial void LogLater(ILogger log, Exception fault, long id);
}
