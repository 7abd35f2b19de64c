using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace FuturesBot.Simulator.Faults;

/// <summary>
/// Reads a fault script: JSON, with comments and a comma after the last item allowed. Its form is in docs/simulator.md.
/// </summary>
public static class FaultScriptFile
{
    private static readonly JsonDocumentOptions Reading = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private static readonly JsonSerializerOptions Exact = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <exception cref="FormatException">It is not a fault script; the message says where and what is allowed.</exception>
    public static FaultScript Read(string json)
    {
        try
        {
            var root = JsonNode.Parse(json, documentOptions: Reading) as JsonObject ?? throw new FormatException("A fault script is an object");
            Only(root, "the script", "seed", "changes", "rules");
            return new()
            {
                Seed = root["seed"]?.GetValue<long>() ?? 1,
                Changes = root["changes"]?.Deserialize<ExchangeChanges>(Exact) ?? new(),
                Rules = [.. (root["rules"] as JsonArray ?? []).Select((rule, at) => ReadRule(rule, $"rules[{at}]"))],
            };
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new FormatException(wrong.Message, wrong);
        }
    }

    /// <summary>Reads one rule.</summary>
    /// <param name="node">The rule.</param>
    /// <param name="where">Its place, for messages.</param>
    /// <exception cref="FormatException">It is no rule.</exception>
    public static FaultRule ReadRule(JsonNode? node, string where)
    {
        if (node is not JsonObject rule) throw new FormatException($"{where} is no object");
        Only(rule, where, "fault", "call", "stream", "symbol", "probability", "count", "wallFrom", "wallTo", "marketFrom", "marketTo", "ms", "executed");
        var name = Text(rule, "fault") ?? throw new FormatException($"{where} has no \"fault\"");
        if (Kind(name) is not { } kind)
            throw new FormatException($"{where}.fault was '{name}'; allowed are {string.Join(", ", Enum.GetValues<FaultKind>().Select(NameOf))}");
        var (shortest, longest) = Milliseconds(rule["ms"], where);
        var probability = rule["probability"]?.GetValue<double>() ?? 1;
        return probability is >= 0 and <= 1
            ? new(kind)
            {
                Call = Text(rule, "call"),
                Stream = Text(rule, "stream"),
                Symbol = Text(rule, "symbol"),
                Probability = probability,
                Count = rule["count"]?.GetValue<int>(),
                WallFrom = Duration(Text(rule, "wallFrom"), $"{where}.wallFrom") ?? TimeSpan.Zero,
                WallTo = Duration(Text(rule, "wallTo"), $"{where}.wallTo"),
                MarketFromMs = Time(Text(rule, "marketFrom"), $"{where}.marketFrom") ?? long.MinValue,
                MarketToMs = Time(Text(rule, "marketTo"), $"{where}.marketTo") ?? long.MaxValue,
                Ms = shortest,
                MsMax = longest,
                Executed = rule["executed"]?.GetValue<bool>(),
            }
            : throw new FormatException($"{where}.probability was {probability}; 0 to 1 is allowed");
    }

    /// <summary>The name of a kind in a script.</summary>
    public static string NameOf(FaultKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    private static FaultKind? Kind(string name) =>
        Enum.GetValues<FaultKind>().Where(kind => NameOf(kind) == name).Select(kind => (FaultKind?)kind).FirstOrDefault();

    private static void Only(JsonObject node, string where, params string[] names)
    {
        foreach (var (name, _) in node)
        {
            if (!names.Contains(name))
                throw new FormatException($"{where} has '{name}'; allowed are {string.Join(", ", names)}");
        }
    }

    private static string? Text(JsonObject rule, string name) => rule[name]?.GetValue<string>();

    private static (long? Shortest, long? Longest) Milliseconds(JsonNode? node, string where) => node switch
    {
        null => (null, null),
        JsonArray { Count: 2 } range => (range[0]!.GetValue<long>(), range[1]!.GetValue<long>()),
        JsonValue one => (one.GetValue<long>(), null),
        _ => throw new FormatException($"{where}.ms is neither a number nor [shortest, longest]"),
    };

    private static TimeSpan? Duration(string? text, string where)
    {
        if (text is null) return null;
        var unit = text.Length < 2 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        return unit > 0 && double.TryParse(text.AsSpan()[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            ? TimeSpan.FromSeconds(count * unit)
            : throw new FormatException($"{where} was '{text}'; durations are 90s, 10m, 2h");
    }

    private static long? Time(string? text, string where)
    {
        if (text is null) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : throw new FormatException($"{where} was '{text}'; times are 2025-08-01T00:00:00Z");
    }
}
