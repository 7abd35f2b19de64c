using System.Text;

namespace FuturesBot.Simulator.Wire;

/// <summary>What messages look like when something went wrong with their content.</summary>
internal static class Spoiled
{
    /// <summary>An event of a kind that nobody knows.</summary>
    public static ReadOnlyMemory<byte> UnknownEvent { get; } =
        """{"e":"somethingNew","E":1,"s":"BTCUSDT","x":"NEITHER","list":[{"a":1}]}"""u8.ToArray();

    /// <summary>The same with a field that nobody knows: in the object, in the first object of a list, or in its first row.</summary>
    public static ReadOnlyMemory<byte> WithUnknownField(ReadOnlyMemory<byte> json)
    {
        var text = json.Span;
        if (text.StartsWith("[["u8)) return Inserted(json, text.IndexOf((byte)']'), ",\"new\""u8);
        var at = text.StartsWith("[{"u8) ? 2 : text.StartsWith("{\""u8) ? 1 : -1;
        return at < 0 ? json : Inserted(json, at, "\"newField\":{\"a\":[1,\"x\",null]},"u8);
    }

    /// <summary>No JSON, half of it, or impossible numbers.</summary>
    /// <param name="json">What it would have been.</param>
    /// <param name="dice">Which of the forms.</param>
    public static ReadOnlyMemory<byte> Rubbish(ReadOnlyMemory<byte> json, int dice) => (dice % 6) switch
    {
        0 => json[..(json.Length / 2)],
        1 => "\u0000not json at all"u8.ToArray(),
        2 => Numbers(json, text => "-" + text),
        3 => Numbers(json, _ => "NaN"),
        4 => Numbers(json, text => text + "99999999999999999999999999"),
        _ => InvalidText(json),
    };

    private static byte[] InvalidText(ReadOnlyMemory<byte> json)
    {
        var spoiled = json.ToArray();
        if (spoiled.Length > 2) spoiled[spoiled.Length / 2] = 0xFF;
        return spoiled;
    }

    // The first number in quotation marks: a price or a quantity in nearly every message.
    private static ReadOnlyMemory<byte> Numbers(ReadOnlyMemory<byte> json, Func<string, string> instead)
    {
        var text = Encoding.UTF8.GetString(json.Span);
        for (var from = text.IndexOf('"', StringComparison.Ordinal); from >= 0;)
        {
            var to = text.IndexOf('"', from + 1);
            if (to < 0) break;
            var inside = text[(from + 1)..to];
            if (inside.Length > 0 && inside.All(c => char.IsAsciiDigit(c) || c == '.'))
                return Encoding.UTF8.GetBytes(text[..(from + 1)] + instead(inside) + text[to..]);
            from = text.IndexOf('"', to + 1);
        }

        return json[..(json.Length / 2)];
    }

    private static byte[] Inserted(ReadOnlyMemory<byte> json, int at, ReadOnlySpan<byte> what)
    {
        var longer = new byte[json.Length + what.Length];
        json.Span[..at].CopyTo(longer);
        what.CopyTo(longer.AsSpan(at));
        json.Span[at..].CopyTo(longer.AsSpan(at + what.Length));
        return longer;
    }
}
