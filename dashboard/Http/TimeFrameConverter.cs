using System.Text.Json;
using System.Text.Json.Serialization;
using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>A time frame travels as the exchange's code, such as <c>15m</c>.</summary>
internal sealed class TimeFrameConverter : JsonConverter<TimeFrame>
{
    public override TimeFrame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TimeFrames.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, TimeFrame value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Code());
}
