using System.Globalization;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// The double nearest to a decimal number, which is what <c>double.Parse</c> gives for its text. Up to 2⁵³ as an
/// integer and up to 22 decimals, both the digits and the power of ten are exact doubles, so that one division
/// rounds once, which is the definition of right; anything else is written out and parsed.
/// </summary>
internal static class NearestDouble
{
    private const long ExactMax = 1L << 53;

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
