using System.IO.Compression;
using System.Text.Json;
using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Files;

/// <summary>
/// Symbol rules from a recorded <c>GET /fapi/v1/exchangeInfo</c>. Tolerant, as the exchange adds fields at
/// will: unknown ones are ignored, and a symbol whose filters cannot be used is left out and named.
/// </summary>
public sealed class ExchangeInfoFile
{
    private const long BytesMax = 64L << 20;   // the whole exchange takes about 1 MiB

    private ExchangeInfoFile(ExchangeInfo info)
    {
        Rules = info.Symbols.DistinctBy(symbol => symbol.Symbol).ToDictionary(symbol => symbol.Symbol, symbol => symbol.Rules);
        LeftOut = info.LeftOut;
    }

    public IReadOnlyDictionary<Symbol, SymbolRules> Rules { get; }

    /// <summary>Symbols that were left out, each with the reason.</summary>
    public IReadOnlyList<string> LeftOut { get; }

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
        if (root.ValueKind != JsonValueKind.Object) throw new KlineFileException(path, "is no exchangeInfo: it has no list 'symbols'");
        try
        {
            // What is not known in a recording is not told: it is of another day.
            return new(new ExchangeInfoReader(_ => { }).Read(root));
        }
        catch (MalformedException e)
        {
            throw new KlineFileException(path, $"is no exchangeInfo: {e.Message}", e);
        }
    }
}
