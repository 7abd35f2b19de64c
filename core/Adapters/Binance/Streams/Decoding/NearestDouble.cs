using System.Globalization;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// The double nearest to a decimal number, which is what <c>double.Parse</c> gives for its text. Up to 2⁵³ as an
/// integer and up to 22 decimals, both the digits and the power of ten are exact doubles, so that one division
/// rounds once, which is the definition of right; anything else is parsed.
/// </summary>
internal static class NearestDouble
{
    private const long ExactMax = 1L << 53;

    private static ReadOnlySpan<double> PowersOf10 =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <param name="digits">All digits of the number as an integer.</param>
    /// <param name="decimals">How many of them stand behind the point.</param>
    /// <param name="text">The number itself, for when it has too many digits.</param>
    public static double Of(long digits, int decimals, ReadOnlySpan<byte> text) =>
        digits <= ExactMax && (uint)decimals < (uint)PowersOf10.Length
            ? digits / PowersOf10[decimals]
            : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <param name="value">Units of 10⁻⁸.</param>
    public static double OfFixedPoint(long value) =>
        value is >= -ExactMax and <= ExactMax ? value / (double)FixedPoint.One : Parse(value);

    private static double Parse(long value)
    {
        Span<byte> text = stackalloc byte[24];   // 20 for the longest long, and the exponent
        var written = value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture)
            && "e-8"u8.TryCopyTo(text[length..]);
        return written
            ? double.Parse(text[..(length + 3)], NumberStyles.Float, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{value} did not fit {text.Length} bytes");
    }
}
