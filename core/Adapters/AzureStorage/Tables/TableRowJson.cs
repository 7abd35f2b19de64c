using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace FuturesBot.Adapters.AzureStorage.Tables;

/// <summary>Rows as the table service writes and reads them: JSON with the types that JSON does not tell beside the values.</summary>
internal static class TableRowJson
{
    public static ReadOnlyMemory<byte> Write(TableRow row)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("PartitionKey", row.Partition);
            json.WriteString("RowKey", row.Key);
            foreach (var (name, value) in row.Values) Write(json, name, value);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    public static TableRow Read(JsonElement json)
    {
        var row = new TableRow(json.GetProperty("PartitionKey").GetString()!, json.GetProperty("RowKey").GetString()!);
        foreach (var value in json.EnumerateObject())
        {
            if (value.Name == "odata.etag") row.ETag = value.Value.GetString();
            if (value.Name is "PartitionKey" or "RowKey" or "Timestamp" || value.Name.Contains("odata.", StringComparison.Ordinal)) continue;
            var type = json.TryGetProperty($"{value.Name}@odata.type", out var told) ? told.GetString() : null;
            row.Set(value.Name, Value(value.Value, type));
        }

        return row;
    }

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                json.WriteString($"{name}@odata.type", "Edm.Int64");
                json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                json.WriteString($"{name}@odata.type", "Edm.Double");
                if (double.IsFinite(number)) json.WriteNumber(name, number);
                else json.WriteString(name, double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
                break;
            case byte[] bytes:
                json.WriteString($"{name}@odata.type", "Edm.Binary");
                json.WriteBase64String(name, bytes);
                break;
            default:
                throw new InvalidOperationException($"Value '{name}' was of type {value.GetType().Name}, which tables do not hold");
        }
    }

    private static object Value(JsonElement value, string? type) => (type, value.ValueKind) switch
    {
        ("Edm.Int64", _) => long.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        ("Edm.Binary", _) => value.GetBytesFromBase64(),
        ("Edm.Double", JsonValueKind.String) => value.GetString() switch
        {
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => double.NaN,
        },
        ("Edm.Double", _) => value.GetDouble(),
        (_, JsonValueKind.String) => value.GetString()!,
        (_, JsonValueKind.True or JsonValueKind.False) => value.GetBoolean(),
        (_, JsonValueKind.Number) => value.TryGetInt32(out var small) ? small : (object)value.GetDouble(),
        _ => throw new InvalidDataException($"A value of type {type ?? "none"} was {value.ValueKind}"),
    };
}
