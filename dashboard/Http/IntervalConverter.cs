using System.Text.Json;
using System.Text.Json.Serialization;

namespace FuturesBot.Dashboard;

/// <summary><c>[low, high]</c>, or null when unavailable.</summary>
public sealed class IntervalConverter : JsonConverter<IntervalView>
{
    public override IntervalView Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var ends = JsonSerializer.Deserialize<double[]>(ref reader, options);
        return ends is { Length: 2 } ? new(ends[0], ends[1]) : IntervalView.None;
    }

    public override void Write(Utf8JsonWriter writer, IntervalView value, JsonSerializerOptions options)
    {
        if (!double.IsFinite(value.Low) || !double.IsFinite(value.High))
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        writer.WriteNumberValue(value.Low);
        writer.WriteNumberValue(value.High);
        writer.WriteEndArray();
    }
}
