using System.Text;
using System.Text.Json;
using FuturesBot.Engine.Chat;

namespace FuturesBot.Adapters.Telegram;

/// <summary>Reads updates of Telegram's, within bounds.</summary>
internal static class UpdateReader
{
    private const int TextMax = 4_096;
    private const int DataBytesMax = 64;
    private const int CallbackIdMax = 128;

    /// <summary>The number of an update; null when it has none.</summary>
    public static long? IdOf(JsonElement update) =>
        update.ValueKind == JsonValueKind.Object && update.TryGetProperty("update_id", out var id) && id.TryGetInt64(out var number) && number >= 0
            ? number
            : null;

    /// <summary>
    /// The update; null when it is none that is answered (a picture, somebody who joins), or when its form is not Telegram's.
    /// </summary>
    /// <param name="update">As it came.</param>
    /// <param name="pressAtMs">When a press was made: Telegram does not tell.</param>
    public static ChatUpdate? Read(JsonElement update, long pressAtMs)
    {
        if (IdOf(update) is not { } id) return null;
        if (Part(update, "message") is { } message) return OfMessage(id, message);
        return Part(update, "callback_query") is { } press ? OfPress(id, press, pressAtMs) : null;
    }

    private static ChatUpdate? OfMessage(long id, JsonElement message)
    {
        if (Number(Part(message, "chat"), "id") is not { } chat || Number(message, "date") is not { } seconds) return null;
        if (Text(message, "text") is not { Length: > 0 and <= TextMax } text || seconds is < 0 or > 1L << 40) return null;
        return new(id, chat, Number(Part(message, "from"), "id") ?? 0, text, Press: null, seconds * 1_000);
    }

    private static ChatUpdate? OfPress(long id, JsonElement press, long atMs)
    {
        var message = Part(press, "message");
        if (Number(Part(message, "chat"), "id") is not { } chat || Number(message, "message_id") is not { } messageId) return null;
        if (Text(press, "id") is not { Length: > 0 and <= CallbackIdMax } callbackId) return null;
        if (Text(press, "data") is not { } data || Encoding.UTF8.GetByteCount(data) > DataBytesMax) return null;
        return new(id, chat, Number(Part(press, "from"), "id") ?? 0, "", new(callbackId, messageId, data), atMs);
    }

    private static JsonElement? Part(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } there && there.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object
            ? part
            : null;

    private static long? Number(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } there && there.TryGetProperty(name, out var part)
        && part.ValueKind == JsonValueKind.Number && part.TryGetInt64(out var number)
            ? number
            : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.String ? part.GetString() : null;
}
