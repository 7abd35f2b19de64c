using System.Text.Json;

namespace FuturesBot.Engine.Ledger;

/// <summary>What payloads need beyond <see cref="Utf8JsonWriter"/>.</summary>
public static class LedgerJson
{
    /// <summary>
    /// A number, shortest text that reads back the same; null when it is unavailable (NaN) or infinite.
    /// </summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    /// <inheritdoc cref="WriteNumberOrNull(Utf8JsonWriter, string, double)"/>
    public static void WriteNumberOrNull(this Utf8JsonWriter json, JsonEncodedText name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
