using System.Text.Json;

namespace FuturesBot.Simulator.Wire;

/// <summary>A message that a client sends on a stream connection.</summary>
/// <param name="Method"><c>SUBSCRIBE</c>, <c>UNSUBSCRIBE</c>, <c>LIST_SUBSCRIPTIONS</c>, <c>SET_PROPERTY</c>, <c>GET_PROPERTY</c>.</param>
/// <param name="Names">Streams, or the property's name.</param>
/// <param name="Value">The property's value.</param>
/// <param name="Id">As it was sent, to be sent back: a number, a text or null.</param>
internal sealed record StreamRequest(string Method, IReadOnlyList<string> Names, bool? Value, string Id)
{
    private static readonly string[] Methods =
        ["SUBSCRIBE", "UNSUBSCRIBE", "LIST_SUBSCRIPTIONS", "SET_PROPERTY", "GET_PROPERTY"];

    /// <summary>Reads a message.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="request">What it asks for.</param>
    /// <returns>The error to answer with; null when it can be read.</returns>
    public static string? TryRead(ReadOnlyMemory<byte> text, out StreamRequest? request)
    {
        request = null;
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(text);
        }
        catch (JsonException wrong)
        {
            return Error(3, $"Invalid JSON: {wrong.Message}", "null");
        }

        using (json) return Read(json.RootElement, out request);
    }

    /// <summary>The form of every error.</summary>
    public static string Error(int code, string message, string id) =>
        $"{{\"error\":{{\"code\":{code},\"msg\":{JsonSerializer.Serialize(message)}}},\"id\":{id}}}";

    private static string? Read(JsonElement root, out StreamRequest? request)
    {
        request = null;
        if (root.ValueKind != JsonValueKind.Object) return Error(2, "Invalid request: request must be an object", "null");
        var id = "null";
        if (root.TryGetProperty("id", out var sent))
        {
            var isId = sent.ValueKind is JsonValueKind.Null or JsonValueKind.String
                || (sent.ValueKind == JsonValueKind.Number && sent.TryGetUInt64(out _));
            if (!isId) return Error(2, "Invalid request: request ID must be an unsigned integer", "null");
            id = sent.GetRawText();
        }

        if (!root.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String)
            return Error(2, "Invalid request: missing field `method`", id);
        var name = method.GetString()!;
        if (!Methods.Contains(name))
            return Error(2, $"Invalid request: unknown variant `{name}`, expected one of {string.Join(", ", Methods)}", id);

        var names = new List<string>();
        bool? value = null;
        if (root.TryGetProperty("params", out var parameters))
        {
            if (parameters.ValueKind != JsonValueKind.Array) return Error(2, "Invalid request: params must be an array", id);
            foreach (var parameter in parameters.EnumerateArray())
            {
                if (parameter.ValueKind == JsonValueKind.String) names.Add(parameter.GetString()!);
                else if (parameter.ValueKind is JsonValueKind.True or JsonValueKind.False) value = parameter.GetBoolean();
                else return Error(2, "Invalid request: property name must be a string", id);
            }
        }
        else if (name != "LIST_SUBSCRIPTIONS")
        {
            return Error(2, "Invalid request: missing field `params`", id);
        }

        request = new(name, names, value, id);
        return null;
    }
}
