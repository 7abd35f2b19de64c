using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace FuturesBot.Simulator.Wire;

/// <summary>
/// What a call sent, from the query and the form body together. Each reader gives the refusal that the
/// exchange would answer with, or null and the value.
/// </summary>
public sealed class Parameters
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <param name="query">Without its question mark, as received.</param>
    /// <param name="body">The form body as received.</param>
    public Parameters(string query, string body = "")
    {
        foreach (var text in (string[])[query, body])
        {
            foreach (var pair in new QueryStringEnumerable(text))
            {
                var name = pair.DecodeName().ToString();
                if (!_values.TryAdd(name, pair.DecodeValue().ToString())) Duplicate ??= name;
            }
        }

        Signed = WithoutSignature(query) + WithoutSignature(body);
    }

    /// <summary>What a request of the WebSocket API sent: what is signed there is every parameter but the signature, by name.</summary>
    /// <param name="sent">The object <c>params</c>; anything else has no parameters.</param>
    public Parameters(JsonElement sent)
    {
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in sent.ValueKind == JsonValueKind.Object ? sent.EnumerateObject() : default)
        {
            var value = property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString()!,
                JsonValueKind.Null => "",
                _ => property.Value.GetRawText(),
            };
            if (!_values.TryAdd(property.Name, value)) Duplicate ??= property.Name;
            if (property.Name != "signature") signed[property.Name] = value;
        }

        Signed = string.Join('&', signed.Select(pair => $"{pair.Key}={pair.Value}"));
    }

    /// <summary>A parameter that was sent twice; null when none was.</summary>
    public string? Duplicate { get; }

    /// <summary>What the signature is made of, such as query and body as received, without the signature itself.</summary>
    public string Signed { get; }

    /// <summary>All names that were sent.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>The text of a parameter; null when it was not sent or is empty.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public bool Has(string name) => this[name] is not null;

    /// <summary>A text that must be there.</summary>
    public Refusal? Text(string name, out string value) =>
        (value = this[name] ?? "").Length > 0 ? null : Refusal.Missing(name);

    /// <summary>A whole number that must be there.</summary>
    public Refusal? Whole(string name, out long value)
    {
        value = 0;
        return this[name] is { } text && TryWhole(text, out value) ? null : Refusal.Missing(name);
    }

    /// <summary>A whole number that may be absent.</summary>
    public Refusal? Whole(string name, out long? value)
    {
        value = null;
        if (this[name] is not { } text) return null;
        if (!TryWhole(text, out var number)) return Refusal.Illegal(name);
        value = number;
        return null;
    }

    /// <summary>A decimal that may be absent: never an exponent, never a sign of its own.</summary>
    public Refusal? Number(string name, out decimal? value)
    {
        value = null;
        if (this[name] is not { } text) return null;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return Refusal.Illegal(name);
        value = number;
        return null;
    }

    /// <summary><c>true</c> or <c>false</c> in any case; absent is <paramref name="otherwise"/>.</summary>
    public Refusal? Flag(string name, bool otherwise, out bool value)
    {
        value = otherwise;
        if (this[name] is not { } text) return null;
        return bool.TryParse(text, out value) ? null : Refusal.Illegal(name);
    }

    /// <summary>How many rows are wanted.</summary>
    /// <param name="otherwise">When it was not sent.</param>
    /// <param name="most">More than these is refused.</param>
    /// <param name="value">1 to <paramref name="most"/>.</param>
    public Refusal? Limit(int otherwise, int most, out int value)
    {
        value = otherwise;
        if (Whole("limit", out long? asked) is { } wrong) return wrong;
        if (asked is null) return null;
        if (asked < 1 || asked > most) return Refusal.Invalid("limit");
        value = (int)asked;
        return null;
    }

    /// <summary>Names and values for a log, without signature and keys.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in _values)
        {
            if (name is "signature" or "listenKey" or "apiKey") continue;
            text.Append(text.Length > 0 ? "&" : "").Append(name).Append('=').Append(value);
        }

        return text.ToString();
    }

    private static string WithoutSignature(string text)
    {
        var from = text.StartsWith("signature=", StringComparison.Ordinal)
            ? 0
            : text.IndexOf("&signature=", StringComparison.Ordinal);
        if (from < 0) return text;
        var to = text.IndexOf('&', from + 1);
        return to < 0 ? text[..from] : text[..from] + text[(from == 0 ? to + 1 : to)..];
    }

    private static bool TryWhole(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
