using System.Text.Json;
using System.Text.Json.Serialization;

namespace FuturesBot.Adapters;

/// <summary>How messages are written into the store.</summary>
internal static class OutboxJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
