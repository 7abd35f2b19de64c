using System.Text.Json;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>The exchange's answer to a message of ours: <c>{"result":null,"id":1}</c>, or an error with the same id.</summary>
/// <param name="Id">Of the message that it answers.</param>
/// <param name="Error">What the exchange says was wrong; null when it took the message.</param>
internal readonly record struct StreamReply(long Id, string? Error)
{
    private const int DepthMax = 8;

    /// <summary>True when the message is an answer; data and rubbish are not.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out StreamReply reply)
    {
        reply = default;
        if (message.StartsWith("{\"stream\""u8) || message.StartsWith("{\"e\""u8)) return false;   // nearly every message
        try
        {
            return TryReadProperties(new(message, new() { MaxDepth = DepthMax }), out reply);
        }
        catch (JsonException)
        {
            return false;   // whoever reads data will count it
        }
    }

    private static bool TryReadProperties(Utf8JsonReader json, out StreamReply reply)
    {
        long? id = null;
        var (hasResult, error) = (false, default(string));
        reply = default;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            json.Read();
            switch (name)
            {
                case "id" when json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var number):
                    id = number;
                    break;
                case "result":
                    hasResult = true;
                    json.Skip();
                    break;
                case "error" or "code" or "msg" when json.TokenType != JsonTokenType.Null:
                    error = Joined(error, TextOf(ref json));
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        if (id is not { } answered || !(hasResult || error is not null)) return false;
        reply = new(answered, error);
        return true;
    }

    private static string TextOf(ref Utf8JsonReader json)
    {
        using var value = JsonDocument.ParseValue(ref json);
        return value.RootElement.ToString();
    }

    private static string Joined(string? first, string second) => first is null ? second : $"{first} {second}";
}
