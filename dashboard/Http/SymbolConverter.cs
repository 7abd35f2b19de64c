using System.Text.Json;
using System.Text.Json.Serialization;
using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>A symbol travels as its name.</summary>
internal sealed class SymbolConverter : JsonConverter<Symbol>
{
    public override Symbol Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Symbol.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, Symbol value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
