using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FuturesBot.Domain.Reporting;

/// <summary>
/// A trade as one line of <c>trades.jsonl</c>: snake_case, ISO-8601 UTC, numbers that round-trip.
/// Equal trades give equal bytes.
/// </summary>
public static class TradeRecordJson
{
    private static readonly JsonWriterOptions OneLine = new()
    {
        // The file is read by people and by grep, never put into a page as it is.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One line, its line feed included.</summary>
    public static void WriteLine(IBufferWriter<byte> output, TradeRecord trade)
    {
        using (var writer = new Utf8JsonWriter(output, OneLine)) Write(writer, trade);
        output.Write("\n"u8);
    }

    /// <summary>The line without its line feed.</summary>
    public static string ToJson(TradeRecord trade)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer, OneLine)) Write(writer, trade);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Write(Utf8JsonWriter writer, TradeRecord trade)
    {
        writer.WriteStartObject();
        WriteDecision(writer, trade);
        WritePlan(writer, trade);
        WriteResult(writer, trade);
        writer.WriteEndObject();
    }

    /// <summary>The reverse of <see cref="ToJson"/>.</summary>
    /// <exception cref="FormatException">The line is not a trade.</exception>
    public static TradeRecord Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return Read(document.RootElement);
        }
        catch (Exception fault)
            when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"Not a trade: {fault.Message}", fault);
        }
    }

    public static TradeRecord Read(JsonElement json) => new()
    {
        SignalId = Text(json, "signal_id"),
        Symbol = Text(json, "symbol"),
        Strategy = Text(json, "strategy"),
        Mode = Text(json, "mode"),
        Direction = Text(json, "direction"),
        Category = Text(json, "category"),
        Score = ReadReal(json.GetProperty("score")),
        ScoreParts = [.. json.GetProperty("score_parts").EnumerateArray().Select(ReadPart)],
        Regime = Text(json, "regime"),
        DecidedAtMs = Ms(json, "decided_at"),
        EntryTimeMs = Ms(json, "entry_time"),
        EntryPrice = json.GetProperty("entry_price").GetDecimal(),
        Stop = json.GetProperty("stop").GetDecimal(),
        Tp1 = json.GetProperty("tp1").GetDecimal(),
        Tp2 = json.GetProperty("tp2") is { ValueKind: JsonValueKind.Number } tp2 ? tp2.GetDecimal() : null,
        Exits = [.. json.GetProperty("exits").EnumerateArray().Select(ReadExit)],
        Fees = json.GetProperty("fees").GetDecimal(),
        Funding = json.GetProperty("funding").GetDecimal(),
        Slippage = json.GetProperty("slippage").GetDecimal(),
        PnlRGross = json.GetProperty("pnl_r_gross").GetDecimal(),
        PnlRNet = json.GetProperty("pnl_r_net").GetDecimal(),
        Outcome = ReadOutcome(Text(json, "outcome")),
        MfeR = ReadReal(json.GetProperty("mfe_r")),
        MaeR = ReadReal(json.GetProperty("mae_r")),
        Bars = json.GetProperty("bars").GetInt32(),
        DecisionHash = Text(json, "decision_hash"),
        Execution = Text(json, "execution"),
    };

    /// <summary>WIN, BREAK_EVEN or LOSS.</summary>
    public static string Code(this TradeOutcome outcome) => outcome switch
    {
        TradeOutcome.Win => "WIN",
        TradeOutcome.BreakEven => "BREAK_EVEN",
        TradeOutcome.Loss => "LOSS",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "not an outcome"),
    };

    private static void WriteDecision(Utf8JsonWriter writer, TradeRecord trade)
    {
        writer.WriteString("signal_id", trade.SignalId);
        writer.WriteString("symbol", trade.Symbol);
        writer.WriteString("strategy", trade.Strategy);
        writer.WriteString("mode", trade.Mode);
        writer.WriteString("direction", trade.Direction);
        writer.WriteString("category", trade.Category);
        writer.WriteReal("score", trade.Score);
        writer.WriteStartArray("score_parts");
        foreach (var part in trade.ScoreParts)
        {
            writer.WriteStartObject();
            writer.WriteString("name", part.Name);
            writer.WriteReal("points", part.Points ?? double.NaN);
            writer.WriteString("because", part.Because);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("regime", trade.Regime);
        writer.WriteTime("decided_at", trade.DecidedAtMs);
    }

    private static void WritePlan(Utf8JsonWriter writer, TradeRecord trade)
    {
        writer.WriteTime("entry_time", trade.EntryTimeMs);
        writer.WriteExact("entry_price", trade.EntryPrice);
        writer.WriteExact("stop", trade.Stop);
        writer.WriteExact("tp1", trade.Tp1);
        if (trade.Tp2 is { } tp2) writer.WriteExact("tp2", tp2);
        else writer.WriteNull("tp2");
        writer.WriteStartArray("exits");
        foreach (var exit in trade.Exits)
        {
            writer.WriteStartObject();
            writer.WriteTime("time", exit.TimeMs);
            writer.WriteExact("price", exit.Price);
            writer.WriteExact("fraction", exit.Fraction);
            writer.WriteString("reason", exit.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter writer, TradeRecord trade)
    {
        writer.WriteExact("fees", trade.Fees);
        writer.WriteExact("funding", trade.Funding);
        writer.WriteExact("slippage", trade.Slippage);
        writer.WriteExact("pnl_r_gross", trade.PnlRGross);
        writer.WriteExact("pnl_r_net", trade.PnlRNet);
        writer.WriteString("outcome", trade.Outcome.Code());
        writer.WriteReal("mfe_r", trade.MfeR);
        writer.WriteReal("mae_r", trade.MaeR);
        writer.WriteNumber("bars", trade.Bars);
        writer.WriteString("decision_hash", trade.DecisionHash);
        writer.WriteString("execution", trade.Execution);
    }

    private static TradeScorePart ReadPart(JsonElement json) => new(
        Text(json, "name"),
        json.GetProperty("points") is { ValueKind: JsonValueKind.Number } points ? points.GetDouble() : null,
        Text(json, "because"));

    private static TradeExit ReadExit(JsonElement json) => new(
        Ms(json, "time"),
        json.GetProperty("price").GetDecimal(),
        json.GetProperty("fraction").GetDecimal(),
        Text(json, "reason"));

    private static TradeOutcome ReadOutcome(string code) => code switch
    {
        "WIN" => TradeOutcome.Win,
        "BREAK_EVEN" => TradeOutcome.BreakEven,
        "LOSS" => TradeOutcome.Loss,
        _ => throw new FormatException($"Outcome was '{code}'"),
    };

    private static double ReadReal(JsonElement json) =>
        json.ValueKind == JsonValueKind.Null ? double.NaN : json.GetDouble();

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";

    private static long Ms(JsonElement json, string name) =>
        json.GetProperty(name).GetDateTimeOffset().ToUnixTimeMilliseconds();
}
