namespace FuturesBot.Domain.Market;

/// <summary>
/// A perpetual contract's name, such as <c>BTCUSDT</c>. Ordered by ordinal, so that every host walks
/// the symbols of one closing time in the same order.
/// </summary>
/// <remarks>Binance lists symbols with Chinese letters since October 2025: letters of any script are allowed.</remarks>
public readonly record struct Symbol : IComparable<Symbol>
{
    private const int LengthMax = 30;

    private readonly string? _name;

    private Symbol(string name) => _name = name;

    /// <summary>The market's leader: the BTC filter reads it, and it is first in every order.</summary>
    public static Symbol Btc { get; } = Parse("BTCUSDT");

    /// <summary>Empty only for <c>default(Symbol)</c>, which no market has.</summary>
    public string Name => _name ?? "";

    /// <summary>Text from outside.</summary>
    public static bool TryParse(string? text, out Symbol symbol)
    {
        symbol = default;
        if (string.IsNullOrEmpty(text) || text.Length is < 2 or > LengthMax) return false;
        foreach (var c in text)
        {
            if (char.IsLower(c) || !(char.IsLetterOrDigit(c) || c == '_')) return false;
        }

        symbol = new(text);
        return true;
    }

    /// <summary>Constants of our own.</summary>
    /// <exception cref="FormatException">Not 2–30 capital letters, digits or underscores.</exception>
    public static Symbol Parse(string text) =>
        TryParse(text, out var symbol)
            ? symbol
            : throw new FormatException($"Symbol was '{text}'; 2–30 capital letters, digits or '_' are allowed");

    public int CompareTo(Symbol other) => string.CompareOrdinal(Name, other.Name);

    public override string ToString() => Name;

    public static bool operator <(Symbol left, Symbol right) => left.CompareTo(right) < 0;

    public static bool operator >(Symbol left, Symbol right) => left.CompareTo(right) > 0;

    public static bool operator <=(Symbol left, Symbol right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Symbol left, Symbol right) => left.CompareTo(right) >= 0;
}
