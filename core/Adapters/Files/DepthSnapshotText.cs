using System.Text.Json;
using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Files;

/// <summary>A REST answer with an order book, as it stands in a recording.</summary>
internal static class DepthSnapshotText
{
    /// <summary>Reads it; false when the text is something else.</summary>
    /// <param name="text">One JSON object.</param>
    /// <param name="symbol">Whose it is; the answer does not say.</param>
    /// <param name="snapshot">The snapshot, when it is one and whole.</param>
    /// <param name="fault">What is wrong with it, when it is one.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> text, Symbol symbol, out DepthSnapshot? snapshot, out string? fault)
    {
        (snapshot, fault) = (null, null);
        try
        {
            var reader = new Utf8JsonReader(text);
            var root = JsonElement.ParseValue(ref reader);
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("lastUpdateId", out var id)) return false;

            if (!id.TryGetInt64(out var lastUpdateId) || lastUpdateId < 0) fault = "lastUpdateId is no id";
            var bids = Levels(root, "bids", ref fault);
            var asks = Levels(root, "asks", ref fault);
            if (fault is null) snapshot = new(symbol, lastUpdateId, TimeOf(root, "E"), TimeOf(root, "T"), bids, asks);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static long TimeOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var time) && time.ValueKind == JsonValueKind.Number && time.TryGetInt64(out var ms)
            ? ms
            : 0;

    private static BookLevel[] Levels(JsonElement root, string name, ref string? fault)
    {
        if (!root.TryGetProperty(name, out var side) || side.ValueKind != JsonValueKind.Array)
        {
            fault ??= $"the snapshot has no {name}";
            return [];
        }

        var levels = new BookLevel[side.GetArrayLength()];
        for (var i = 0; i < levels.Length; i++)
        {
            var level = side[i];
            if (level.ValueKind == JsonValueKind.Array && level.GetArrayLength() >= 2
                && TryFixed(level[0], out var price) && price > 0 && TryFixed(level[1], out var quantity))
                levels[i] = new(price, quantity);
            else
                fault ??= $"level {i + 1} of the snapshot's {name} is no price and quantity";
        }

        return levels;
    }

    private static bool TryFixed(JsonElement text, out long value)
    {
        value = 0;
        return text.ValueKind == JsonValueKind.String
            && AnyDecimal.TryParse(System.Text.Encoding.UTF8.GetBytes(text.GetString()!), out var number)
            && !number.IsNegative
            && number.Scale(FixedPoint.Decimals, out value) is null;
    }
}
