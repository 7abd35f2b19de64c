using System.Globalization;
using System.Runtime.CompilerServices;

namespace FuturesBot.Adapters.Files;

/// <summary>
/// Decimal text to double, correctly rounded. Up to 2⁵³ as an integer and up to 22 decimals, both the
/// digits and the power of ten are exact doubles, so that one division rounds once, which is the
/// definition of right; anything longer goes the library's slow way.
/// </summary>
internal static class KlineNumber
{
    private const ulong ExactMax = 1UL << 53;
    private const int DigitsMax = 19;   // more would overflow 64 bits

    private static readonly double[] PowersOf10 =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>
    /// Reads the number at <paramref name="at"/> and moves to the comma after it, or to the end.
    /// </summary>
    /// <param name="line">The row.</param>
    /// <param name="at">Where the number begins; afterwards where it ended.</param>
    /// <param name="value">The number, finite.</param>
    /// <param name="digits">All its digits as an integer; 0 when they do not fit.</param>
    /// <param name="decimals">How many of them stand behind the point; −1 when they do not fit.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(
        ReadOnlySpan<byte> line, ref int at, out double value, out ulong digits, out int decimals)
    {
        var sum = 0UL;
        var point = -1;
        var i = at;
        for (; i < line.Length; i++)
        {
            var digit = unchecked((uint)line[i] - '0');
            if (digit <= 9) sum = unchecked((sum * 10) + digit);
            else if (line[i] == '.' && point < 0) point = i;
            else break;
        }

        var count = i - at - (point < 0 ? 0 : 1);
        decimals = point < 0 ? 0 : i - point - 1;
        digits = sum;
        if ((i < line.Length && line[i] != ',') || count is 0 or > DigitsMax || sum > ExactMax)
            return TryReadSlowly(line, ref at, out value, out digits, out decimals);

        at = i;
        value = (long)sum / PowersOf10[decimals];
        return true;
    }

    private static bool TryReadSlowly(
        ReadOnlySpan<byte> line, ref int at, out double value, out ulong digits, out int decimals)
    {
        const NumberStyles Styles =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        digits = 0;
        decimals = -1;
        var field = Field(line, at);
        at += field.Length;
        return double.TryParse(field, Styles, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    /// <summary>The text from <paramref name="at"/> up to the next comma or the end.</summary>
    public static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, int at)
    {
        var rest = line[at..];
        var comma = rest.IndexOf((byte)',');
        return comma < 0 ? rest : rest[..comma];
    }
}
