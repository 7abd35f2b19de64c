using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Files;

/// <summary>
/// Symbol rules from a recorded <c>GET /fapi/v1/exchangeInfo</c>. Tolerant, as the exchange adds fields at
/// will: unknown ones are ignored, and a symbol whose filters cannot be used is left out and named.
/// </summary>
public sealed class ExchangeInfoFile
{
    private const long BytesMax = 64L << 20;   // the whole exchange takes about 1 MiB

    private readonly Dictionary<Symbol, SymbolRules> _rules = [];
    private readonly List<string> _leftOut = [];

    private ExchangeInfoFile()
    {
    }

    public IReadOnlyDictionary<Symbol, SymbolRules> Rules => _rules;

    /// <summary>Symbols that were left out, each with the reason.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    /// <param name="path">A <c>.json</c> or <c>.json.gz</c> file.</param>
    /// <exception cref="KlineFileException">No JSON, or no list of symbols in it.</exception>
    public static ExchangeInfoFile Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using Stream plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new GZipStream(file, CompressionMode.Decompress)
                : file;
            using var bounded = new MemoryStream();
            Copy(plain, bounded, path);
            bounded.Position = 0;
            using var document = JsonDocument.Parse(bounded);
            return Parse(document.RootElement, path);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or UnauthorizedAccessException
                                  || (e is IOException && e is not KlineFileException))
        {
            throw new KlineFileException(path, $"cannot be read as exchangeInfo: {e.Message}", e);
        }
    }

    private static void Copy(Stream from, MemoryStream into, string path)
    {
        var buffer = new byte[1 << 16];
        for (int count; (count = from.Read(buffer)) > 0;)
        {
            if (into.Length + count > BytesMax)
                throw new KlineFileException(path, $"unpacks to more than {BytesMax} bytes");
            into.Write(buffer, 0, count);
        }
    }

    private static ExchangeInfoFile Parse(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("symbols", out var symbols)
            || symbols.ValueKind != JsonValueKind.Array)
            throw new KlineFileException(path, "is no exchangeInfo: it has no list 'symbols'");

        var info = new ExchangeInfoFile();
        foreach (var entry in symbols.EnumerateArray()) info.Add(entry);
        return info;
    }

    private static JsonElement? Filter(JsonElement entry, string type)
    {
        if (!entry.TryGetProperty("filters", out var filters) || filters.ValueKind != JsonValueKind.Array)
            return null;
        foreach (var filter in filters.EnumerateArray())
        {
            if (Text(filter, "filterType") == type) return filter;
        }

        return null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static decimal? Positive(JsonElement? filter, string name) =>
        filter is { } found
        && decimal.TryParse(
            Text(found, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && value > 0
            ? value
            : null;

    private void Add(JsonElement entry)
    {
        var name = Text(entry, "symbol");
        if (!Symbol.TryParse(name, out var symbol))
        {
            _leftOut.Add($"{name ?? "(no name)"}: not a symbol name");
            return;
        }

        var lots = Filter(entry, "LOT_SIZE");
        if (Positive(Filter(entry, "PRICE_FILTER"), "tickSize") is not { } tick
            || Positive(lots, "stepSize") is not { } step)
        {
            _leftOut.Add($"{name}: no positive PRICE_FILTER.tickSize and LOT_SIZE.stepSize");
            return;
        }

        _rules[symbol] = new(
            tick,
            step,
            Positive(Filter(entry, "MIN_NOTIONAL"), "notional") ?? SymbolRules.DefaultMinNotional,
            Positive(lots, "minQty") ?? step,
            Positive(Filter(entry, "MARKET_LOT_SIZE"), "maxQty")
            ?? Positive(lots, "maxQty") ?? decimal.MaxValue);
    }
}
