using System.Text.Json;
using System.Text.Json.Serialization;

namespace FuturesBot.Domain.Signals;

/// <summary>A signal id is written as plain text.</summary>
internal sealed class SignalIdJson : JsonConverter<SignalId>
{
    public override SignalId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? throw new JsonException("A signal id was null"));

    public override void Write(Utf8JsonWriter writer, SignalId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
