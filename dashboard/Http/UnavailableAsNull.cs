using System.Text.Json;
using System.Text.Json.Serialization;

namespace FuturesBot.Dashboard;

/// <summary>A number that is not there is null on the wire, never 0 and never NaN.</summary>
internal sealed class UnavailableAsNull : JsonConverter<double>
{
    public override bool HandleNull => true;

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value)) writer.WriteNumberValue(value);
        else writer.WriteNullValue();
    }
}
