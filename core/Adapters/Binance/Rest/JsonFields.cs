using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>
/// Fields of the exchange's JSON: numbers may be texts or numbers, unknown fields are not looked at, and what is there
/// has to be possible. Messages name the field and never quote its value.
/// </summary>
internal static class JsonFields
{
    // No price, size or amount of this exchange comes near; what does is a mistake of somebody's.
    private const double Largest = 1e18;
    private const decimal LargestExact = 1_000_000_000_000_000_000m;

    public static JsonElement Need(this JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object
            ? owner.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null
                ? field
                : throw new MalformedException($"'{name}' is missing")
            : throw new MalformedException($"an object with '{name}' was expected, and something else came");

    /// <summary>The elements of a list.</summary>
    public static JsonElement.ArrayEnumerator List(this JsonElement list, string what) =>
        list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : throw new MalformedException($"a list of {what} was expected, and something else came");

    public static string Text(this JsonElement owner, string name) =>
        owner.Need(name) is { ValueKind: JsonValueKind.String } field
            ? Decode(field, name)
            : throw new MalformedException($"'{name}' is no text");

    /// <summary>Empty where it is missing or no text.</summary>
    public static string TextOrEmpty(this JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String
            ? Decode(field, name)
            : "";

    public static bool Flag(this JsonElement owner, string name) => owner.Need(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new MalformedException($"'{name}' is neither true nor false"),
    };

    public static bool? FlagOrNull(this JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var field) && field.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? field.ValueKind == JsonValueKind.True
            : null;

    /// <summary>A whole number, also where it comes as a text.</summary>
    public static long Whole(this JsonElement owner, string name, long min = 0) => WholeOf(owner.Need(name), name, min);

    public static long WholeOf(JsonElement field, string name, long min = 0) =>
        long.TryParse(Raw(field), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min
            ? value
            : throw new MalformedException($"'{name}' is no whole number from {min} up");

    public static long? WholeOrNull(this JsonElement owner, string name) =>
        owner.IsGiven(name, out var field) ? WholeOf(field, name, long.MinValue) : null;

    public static decimal Exact(this JsonElement owner, string name, decimal min = decimal.MinValue) => ExactOf(owner.Need(name), name, min);

    public static decimal ExactOf(JsonElement field, string name, decimal min = decimal.MinValue) =>
        decimal.TryParse(Raw(field), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && value >= min && Math.Abs(value) < LargestExact
            ? value
            : throw new MalformedException($"'{name}' is no possible number{(min == decimal.MinValue ? "" : $" from {min} up")}");

    /// <summary>Null where it is missing or empty: unavailable is not zero.</summary>
    public static decimal? ExactOrNull(this JsonElement owner, string name) =>
        owner.IsGiven(name, out var field) ? ExactOf(field, name) : null;

    public static double Number(this JsonElement owner, string name, double min = double.NegativeInfinity) => NumberOf(owner.Need(name), name, min);

    public static double NumberOf(JsonElement field, string name, double min = double.NegativeInfinity) =>
        double.TryParse(Raw(field), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value) && value >= min && Math.Abs(value) < Largest
            ? value
            : throw new MalformedException($"'{name}' is no possible number{(double.IsNegativeInfinity(min) ? "" : $" from {min} up")}");

    /// <summary>NaN where it is missing or empty.</summary>
    public static double NumberOrNaN(this JsonElement owner, string name, double min = double.NegativeInfinity) =>
        owner.IsGiven(name, out var field) ? NumberOf(field, name, min) : double.NaN;

    public static Symbol Symbol(this JsonElement owner, string name = "symbol") =>
        Domain.Market.Symbol.TryParse(owner.Text(name), out var symbol) ? symbol : throw new MalformedException($"'{name}' is no symbol");

    /// <summary>The symbol, which has to be the one asked for.</summary>
    public static Symbol Symbol(this JsonElement owner, Symbol asked)
    {
        var told = owner.Symbol();
        return told == asked ? told : throw new MalformedException($"the answer is of {told}, and {asked} was asked for");
    }

    private static bool IsGiven(this JsonElement owner, string name, out JsonElement field) =>
        owner.TryGetProperty(name, out field)
        && field.ValueKind is JsonValueKind.Number or JsonValueKind.String
        && !(field.ValueKind == JsonValueKind.String && field.ValueEquals(""));

    // Letters of a number, or of a text without its quotes; texts with escapes are no numbers.
    private static ReadOnlySpan<byte> Raw(JsonElement field)
    {
        var raw = JsonMarshal.GetRawUtf8Value(field);
        return field.ValueKind switch
        {
            JsonValueKind.Number => raw,
            JsonValueKind.String => raw[1..^1],
            _ => default,
        };
    }

    private static string Decode(JsonElement field, string name)
    {
        try
        {
            return field.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new MalformedException($"'{name}' is no valid text");
        }
    }
}
