using System.Text.Json;
using FuturesBot.Domain.Market;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Wire;

/// <summary>One symbol's names and number forms, ready for writing.</summary>
internal sealed class SymbolWire(MarketSymbol symbol)
{
    private readonly long _tickUnits = FixedPoint.From(symbol.TickSize);
    private readonly long _stepUnits = FixedPoint.From(symbol.StepSize);

    public MarketSymbol Symbol { get; } = symbol;

    public string Name { get; } = symbol.Symbol.Name;

    public JsonEncodedText EncodedName { get; } = JsonEncodedText.Encode(symbol.Symbol.Name, WireJson.Written.Encoder);

    /// <summary>A property with a price.</summary>
    public void Price(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long ticks) =>
        writer.Fixed(name, ticks * _tickUnits, Symbol.PriceDecimals);

    /// <summary>An element with a price.</summary>
    public void PriceValue(Utf8JsonWriter writer, long ticks) => writer.FixedValue(ticks * _tickUnits, Symbol.PriceDecimals);

    /// <summary>A property with an order's or a level's quantity.</summary>
    public void Quantity(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long steps) =>
        writer.Fixed(name, steps * _stepUnits, Symbol.QuantityDecimals);

    /// <summary>An element with an order's or a level's quantity.</summary>
    public void QuantityValue(Utf8JsonWriter writer, long steps) =>
        writer.FixedValue(steps * _stepUnits, Symbol.QuantityDecimals);

    /// <summary>A property with a sum of quantities, which may be larger than a price or a quantity ever is.</summary>
    public void Volume(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long steps) =>
        writer.Number(name, Symbol.Quantity(steps));

    /// <summary>An element with a sum of quantities.</summary>
    public void VolumeValue(Utf8JsonWriter writer, long steps) => writer.NumberValue(Symbol.Quantity(steps));

    /// <summary>Levels as <c>[["price","quantity"],…]</c>.</summary>
    public void Levels(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<DepthLevel> levels)
    {
        writer.WriteStartArray(name);
        for (var i = 0; i < levels.Count; i++) Level(writer, levels[i]);
        writer.WriteEndArray();
    }

    /// <inheritdoc cref="Levels(Utf8JsonWriter, ReadOnlySpan{byte}, IReadOnlyList{DepthLevel})"/>
    public void Levels(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<DepthLevel> levels)
    {
        writer.WriteStartArray(name);
        foreach (var level in levels) Level(writer, level);
        writer.WriteEndArray();
    }

    private void Level(Utf8JsonWriter writer, DepthLevel level)
    {
        writer.WriteStartArray();
        PriceValue(writer, level.Ticks);
        QuantityValue(writer, level.Steps);
        writer.WriteEndArray();
    }
}
