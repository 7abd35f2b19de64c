using System.Text.Json;
using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Trading;

/// <summary>Reads the JSON lists that batch calls send in a parameter.</summary>
internal static class BatchReader
{
    private const int OrdersMax = 5;

    /// <summary>The objects in <c>batchOrders</c>, each as if its call had been sent alone.</summary>
    public static Refusal? Read(Parameters sent, out IReadOnlyList<Parameters> elements)
    {
        elements = [];
        if (sent.Text("batchOrders", out var text) is { } missing) return missing;
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Array) return Refusal.Illegal("batchOrders");
            var found = document.RootElement.EnumerateArray().ToArray();
            if (found.Length is 0 or > OrdersMax) return Refusals.WrongBatchSize;
            if (Array.Exists(found, element => element.ValueKind != JsonValueKind.Object))
                return Refusal.Illegal("batchOrders");
            elements = [.. found.Select(Of)];
            return null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return Refusal.Illegal("batchOrders");   // no JSON, or text that is no Unicode
        }
    }

    /// <summary>The values of a list such as <c>[1,"2"]</c>; false when it is none.</summary>
    public static bool TryList(string text, out IReadOnlyList<string> values)
    {
        values = [];
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Array) return false;
            values = [.. document.RootElement.EnumerateArray().Select(TextOf)];
            return true;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Parameters as a call would have sent them.</summary>
    public static Parameters Of(params (string Name, string Value)[] values) =>
        new(string.Join('&', values.Select(value => $"{Escaped(value.Name)}={Escaped(value.Value)}")));

    private static Parameters Of(JsonElement element) =>
        Of([.. element.EnumerateObject().Select(property => (property.Name, TextOf(property.Value)))]);

    private static string Escaped(string text) => Uri.EscapeDataString(text);

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
