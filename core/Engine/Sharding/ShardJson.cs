using System.Buffers;
using System.Text.Json;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Sharding;

/// <summary>
/// Batches and commands as JSON. Candles and contexts are arrays of bare numbers, because they are most of a batch and a batch has
/// a bound; null stands for unavailable.
/// </summary>
public static class ShardJson
{
    private const int CandleFields = 10;
    private const int ContextFields = 7;

    public static byte[] Write(MarketBatch batch)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("shard", batch.Shard);
            json.WriteNumber("number", batch.Number);
            json.WriteNumber("epoch", batch.Epoch);
            json.WriteNumber("close", batch.CloseMs);
            json.WriteBoolean("last", batch.IsLast);
            json.WriteNumber("published", batch.PublishedAtMs);
            if (batch.TraceParent is { } trace) json.WriteString("trace", trace);
            WriteRows(json, "candles", batch.Candles, Write);
            WriteRows(json, "contexts", batch.Contexts, Write);
            WriteOther(json, "crossings", batch.Crossings);
            WriteOther(json, "listings", batch.Listings);
            if (batch.ListedToMs != long.MaxValue) json.WriteNumber("listed", batch.ListedToMs);
            WriteOther(json, "leaving", batch.Leaving);
            WriteOther(json, "answers", batch.Answers);
            if (batch.Halt is { } halt)
            {
                json.WritePropertyName("halt");
                JsonSerializer.Serialize(json, halt, SignalJson.Options);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidDataException">It is no batch; the text says where it stops being one.</exception>
    public static MarketBatch ReadBatch(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            return new()
            {
                Shard = root.GetProperty("shard").GetString() ?? throw new JsonException("shard was null"),
                Number = root.GetProperty("number").GetInt64(),
                Epoch = root.GetProperty("epoch").GetInt64(),
                CloseMs = root.GetProperty("close").GetInt64(),
                IsLast = root.GetProperty("last").GetBoolean(),
                PublishedAtMs = root.GetProperty("published").GetInt64(),
                TraceParent = root.TryGetProperty("trace", out var trace) ? trace.GetString() : null,
                Candles = ReadRows(root, "candles", CandleOf),
                Contexts = ReadRows(root, "contexts", ContextOf),
                Crossings = ReadOther<LevelCrossing>(root, "crossings"),
                Listings = ReadOther<SymbolListing>(root, "listings"),
                ListedToMs = root.TryGetProperty("listed", out var listed) ? listed.GetInt64() : long.MaxValue,
                Leaving = ReadOther<Symbol>(root, "leaving"),
                Answers = ReadOther<CommandAnswer>(root, "answers"),
                Halt = root.TryGetProperty("halt", out var halt) ? halt.Deserialize<HaltOrder>(SignalJson.Options) : null,
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"No market batch of {bytes.Length} bytes: {e.Message}", e);
        }
    }

    public static byte[] Write(CommandMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, SignalJson.Options);

    /// <exception cref="InvalidDataException">It is no command; a kind that is not known is one.</exception>
    public static CommandMessage ReadCommand(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var message = JsonSerializer.Deserialize<CommandMessage>(bytes, SignalJson.Options);
            return message is { Id: not null, Command: not null } ? message : throw new InvalidDataException("A command without id or content");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException or FormatException)
        {
            throw new InvalidDataException($"No command: {e.Message}", e);
        }
    }

    private static void Write(Utf8JsonWriter json, FeedCandle closed)
    {
        var candle = closed.Candle;
        json.WriteStringValue(closed.Series.Symbol.Name);
        json.WriteNumberValue(closed.Series.Frame.Minutes());
        json.WriteNumberValue(candle.OpenTimeMs);
        Write(json, candle.Open);
        Write(json, candle.High);
        Write(json, candle.Low);
        Write(json, candle.Close);
        Write(json, candle.Volume);
        Write(json, candle.QuoteVolume);
        Write(json, candle.TakerBuyVolume);
        json.WriteNumberValue(candle.Trades);
    }

    private static void Write(Utf8JsonWriter json, SymbolContext known)
    {
        json.WriteStringValue(known.Symbol.Name);
        Write(json, known.Context.DepthImbalance);
        Write(json, known.Context.DepthImbalanceMedian);
        Write(json, known.Context.OpenInterestChange);
        Write(json, known.Context.OpenInterestChangeRank);
        Write(json, known.Context.FundingZ);
        Write(json, known.Context.SpreadFraction);
    }

    private static FeedCandle CandleOf(JsonElement row)
    {
        if (row.GetArrayLength() != CandleFields + 1) throw new FormatException($"A candle had {row.GetArrayLength()} values, {CandleFields + 1} are wanted");
        var minutes = row[1].GetInt32();
        var frame = (TimeFrame)minutes;
        if (!Enum.IsDefined(frame)) throw new FormatException($"A candle had a frame of {minutes} minutes");
        var candle = new Candle(
            row[2].GetInt64(), Number(row[3]), Number(row[4]), Number(row[5]), Number(row[6]), Number(row[7]), Number(row[8]), Number(row[9]), row[10].GetInt64());
        return candle.Fault(frame) is { } fault
            ? throw new FormatException($"A candle of {row[0].GetString()} {frame.Code()} is impossible: {fault}")
            : new(new(Symbol.Parse(row[0].GetString() ?? ""), frame), candle);
    }

    private static SymbolContext ContextOf(JsonElement row) =>
        row.GetArrayLength() != ContextFields
            ? throw new FormatException($"A context had {row.GetArrayLength()} values, {ContextFields} are wanted")
            : new(
                Symbol.Parse(row[0].GetString() ?? ""),
                new(Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]), Number(row[5]), Number(row[6])));

    private static void WriteRows<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> rows, Action<Utf8JsonWriter, T> write)
    {
        if (rows.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            json.WriteStartArray();
            write(json, row);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static T[] ReadRows<T>(JsonElement root, string name, Func<JsonElement, T> read) =>
        root.TryGetProperty(name, out var rows) ? [.. rows.EnumerateArray().Select(read)] : [];

    private static void WriteOther<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> values)
    {
        if (values.Count == 0) return;
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, values, SignalJson.Options);
    }

    private static T[] ReadOther<T>(JsonElement root, string name) =>
        root.TryGetProperty(name, out var values) ? values.Deserialize<T[]>(SignalJson.Options) ?? throw new JsonException($"{name} was null") : [];

    private static void Write(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteNullValue();
    }

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble();
}
