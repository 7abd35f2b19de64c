using System.Text.Json;
using System.Text.Json.Serialization;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Signals;

/// <summary>A symbol is written as its name.</summary>
internal sealed class SymbolJson : JsonConverter<Symbol>
{
    public override Symbol Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Symbol.TryParse(reader.GetString(), out var symbol)
            ? symbol
            : throw new JsonException("A symbol was not 2–30 capital letters, digits or '_'");

    public override void Write(Utf8JsonWriter writer, Symbol value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
