using System.Text.Json;
using System.Text.Json.Serialization;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Recording;

namespace FuturesBot.Engine.Backtesting;

/// <summary>
/// A backtest ledger's first line: everything beside the candles that a replay must be given to come out
/// the same.
/// </summary>
public sealed record LedgerHeader : ILedgerPayload
{
    /// <summary>Grows when the kernel's decisions or the ledger's lines change their meaning.</summary>
    public const int KernelVersion = 1;

    // A threshold that this program does not know would be lost: better no replay than a wrong one.
    private static readonly JsonSerializerOptions Format = new()
    {
        IgnoreReadOnlyProperties = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>What was asked of the run; its symbols are those that were there.</summary>
    public required BacktestRequest Request { get; init; }

    /// <summary>Rules and recorded frames of each symbol.</summary>
    public required IReadOnlyDictionary<Symbol, RecordedSymbol> Symbols { get; init; }

    /// <summary>The header of a run over some series.</summary>
    public static LedgerHeader Of(
        BacktestRequest request,
        IEnumerable<SeriesInfo> series,
        IReadOnlyDictionary<Symbol, FoundRules> rules)
    {
        var symbols = series
            .GroupBy(info => info.Symbol)
            .ToDictionary(
                group => group.Key,
                group => new RecordedSymbol(rules[group.Key], [.. group.Select(info => info.Frame).Order()]));
        return new() { Request = request with { Symbols = [.. symbols.Keys.Order()] }, Symbols = symbols };
    }

    /// <summary>Reads a ledger's first line.</summary>
    /// <param name="line">The line, with or without its line feed.</param>
    /// <param name="header">What it says; null when it cannot be read.</param>
    /// <returns>Null when it was read; else why it cannot be.</returns>
    public static string? Read(ReadOnlyMemory<byte> line, out LedgerHeader? header)
    {
        header = null;
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (!root.TryGetProperty("kind", out var kind) || kind.GetString() != LedgerKind.Header)
                return "its first line is not a header";
            if (root.TryGetProperty("run", out _))
                return "a run wrote it, and only a backtest can be lived through again";
            var kernel = root.GetProperty("kernel").GetInt32();
            if (kernel != KernelVersion)
            {
                return $"it was written by version {kernel} of the kernel; "
                    + $"this program has version {KernelVersion}";
            }

            header = Read(root);
            return null;
        }
        catch (Exception wrong) when (
            wrong is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return $"its header cannot be read: {wrong.Message}";
        }
    }

    /// <summary>
    /// True for the first line of a running system's ledger, which has no footer: it never ends.
    /// </summary>
    public static bool IsOpenEnded(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("run", out _);
        }
        catch (JsonException)
        {
            return false;   // no line of ours; the verifier says so
        }
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteNumber("kernel", KernelVersion);
        json.WriteString("depth", Request.Ledger.ToString());
        if (Request.FromMs != long.MinValue) json.WriteNumber("from", Request.FromMs);
        if (Request.WarmUpFromMs != long.MaxValue) json.WriteNumber("warm_up_from", Request.WarmUpFromMs);
        if (Request.ToMs != long.MaxValue) json.WriteNumber("to", Request.ToMs);
        json.WritePropertyName("options");
        JsonSerializer.Serialize(json, Request.Options, Format);
        json.WriteStartObject("symbols");
        foreach (var (symbol, recorded) in Symbols.OrderBy(entry => entry.Key))
        {
            json.WriteStartObject(symbol.Name);
            json.WritePropertyName("rules");
            JsonSerializer.Serialize(json, recorded.Found.Rules, Format);
            json.WriteString("origin", recorded.Found.Origin.ToString());
            json.WriteStartArray("frames");
            foreach (var frame in recorded.Frames) json.WriteStringValue(frame.Code());
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static LedgerHeader Read(JsonElement root)
    {
        var symbols = root.GetProperty("symbols").EnumerateObject()
            .ToDictionary(entry => Symbol.Parse(entry.Name), entry => ReadSymbol(entry.Value));
        var request = new BacktestRequest
        {
            Options = root.GetProperty("options").Deserialize<KernelOptions>(Format)!,
            Symbols = [.. symbols.Keys.Order()],
            FromMs = root.TryGetProperty("from", out var from) ? from.GetInt64() : long.MinValue,
            WarmUpFromMs = root.TryGetProperty("warm_up_from", out var warm) ? warm.GetInt64() : long.MaxValue,
            ToMs = root.TryGetProperty("to", out var to) ? to.GetInt64() : long.MaxValue,
            Ledger = ReadEnum<LedgerDepth>(root.GetProperty("depth")),
        };
        return new() { Request = request, Symbols = symbols };
    }

    private static RecordedSymbol ReadSymbol(JsonElement symbol) => new(
        new(
            symbol.GetProperty("rules").Deserialize<SymbolRules>(Format)!,
            ReadEnum<RulesOrigin>(symbol.GetProperty("origin"))),
        [.. symbol.GetProperty("frames").EnumerateArray().Select(ReadFrame)]);

    private static TimeFrame ReadFrame(JsonElement code) =>
        TimeFrames.TryParse(code.GetString(), out var frame)
            ? frame
            : throw new FormatException($"'{code.GetString()}' is no time frame");

    private static T ReadEnum<T>(JsonElement name)
        where T : struct, Enum =>
        Enum.TryParse<T>(name.GetString(), out var value) && Enum.IsDefined(value)
            ? value
            : throw new FormatException($"'{name.GetString()}' is no {typeof(T).Name}");
}
