using System.Text.Json;

namespace FuturesBot.Simulator.Wire;

/// <summary>A request of the WebSocket API.</summary>
/// <param name="Method">Such as <c>order.place</c>.</param>
/// <param name="Parameters">What was sent with it.</param>
/// <param name="WantsLimits">What it says of <c>returnRateLimits</c>; null when it says nothing.</param>
internal sealed record ApiRequest(string Method, Parameters Parameters, bool? WantsLimits)
{
    private static readonly Refusal NoRequest = new(-1135, "Invalid JSON Request");

    /// <summary>Reads a message.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="id">As it was sent, to be sent back: a number, a text or null.</param>
    /// <param name="request">What it asks for.</param>
    /// <returns>The refusal to answer with; null when it can be read.</returns>
    public static Refusal? TryRead(ReadOnlyMemory<byte> text, out string id, out ApiRequest? request)
    {
        (id, request) = ("null", null);
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return NoRequest;
        }

        using (json)
        {
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return NoRequest;
            if (root.TryGetProperty("id", out var sent))
            {
                if (sent.ValueKind is not (JsonValueKind.Null or JsonValueKind.String or JsonValueKind.Number)) return NoRequest;
                id = sent.GetRawText();
            }

            if (!root.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String) return NoRequest;
            root.TryGetProperty("params", out var parameters);
            if (parameters.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Object)) return NoRequest;
            var read = new Parameters(parameters);
            if (read.Flag("returnRateLimits", false, out var limits) is { } illegal) return illegal;
            request = new(method.GetString()!, read, read.Has("returnRateLimits") ? limits : null);
            return null;
        }
    }
}
