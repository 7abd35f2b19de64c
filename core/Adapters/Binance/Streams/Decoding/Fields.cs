namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>Names of fields, and sets of them as bits.</summary>
internal static class Fields
{
    private const int Letters = 'z' - 'A' + 1;

    public static ulong Bit(Field field) => 1UL << (int)field;

    public static ulong SetOf(ReadOnlySpan<Field> fields)
    {
        var set = 0UL;
        foreach (var field in fields) set |= Bit(field);
        return set;
    }

    /// <summary>A name of one letter.</summary>
    public static bool TryOf(uint letter, out Field field)
    {
        var distance = unchecked(letter - 'A');
        field = unchecked((Field)distance);
        return distance < Letters;
    }

    /// <summary>A name of two letters, of which the exchange uses few.</summary>
    public static bool TryOf(uint first, uint second, out Field field)
    {
        field = ((first << 8) | second) switch
        {
            ('p' << 8) | 'u' => Field.pu,
            ('s' << 8) | 't' => Field.st,
            ('p' << 8) | 's' => Field.ps,
            ('n' << 8) | 'q' => Field.nq,
            ('a' << 8) | 'p' => Field.ap,
            _ => default,
        };
        return field != default;
    }
}
