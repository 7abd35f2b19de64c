using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FuturesBot.Domain.Market;

namespace FuturesBot.Simulator.Wire;

/// <summary>Numbers as the exchange writes them: decimal text in quotation marks.</summary>
public static class WireJson
{
    private const int LongestNumber = 32;
    private const double LargestWithoutExponent = 1e15;
    private const double SmallestWithoutExponent = 1e-4;

    /// <summary>Chinese symbols and quotation marks go out as they are, as the exchange sends them.</summary>
    public static JsonWriterOptions Written { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>A property with a number in 10⁻⁸, such as <c>"q":"0.250"</c>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The property.</param>
    /// <param name="value">In units of <see cref="FixedPoint"/>.</param>
    /// <param name="decimals">How many are written, 0 to 8; finer ones are cut.</param>
    public static void Fixed(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, long value, int decimals)
    {
        writer.WritePropertyName(name);
        writer.FixedValue(value, decimals);
    }

    /// <inheritdoc cref="Fixed(Utf8JsonWriter, ReadOnlySpan{byte}, long, int)"/>
    public static void Fixed(this Utf8JsonWriter writer, string name, long value, int decimals)
    {
        writer.WritePropertyName(name);
        writer.FixedValue(value, decimals);
    }

    /// <summary>An element with a number in 10⁻⁸.</summary>
    public static void FixedValue(this Utf8JsonWriter writer, long value, int decimals)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        writer.WriteStringValue(text[..Format(text, value, decimals)]);
    }

    /// <summary>A property with a decimal, written with as many decimals as it has.</summary>
    public static void Number(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal value)
    {
        writer.WritePropertyName(name);
        writer.NumberValue(value);
    }

    /// <inheritdoc cref="Number(Utf8JsonWriter, ReadOnlySpan{byte}, decimal)"/>
    public static void Number(this Utf8JsonWriter writer, string name, decimal value)
    {
        writer.WritePropertyName(name);
        writer.NumberValue(value);
    }

    /// <summary>An element with a decimal, written with as many decimals as it has.</summary>
    public static void NumberValue(this Utf8JsonWriter writer, decimal value)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        writer.WriteStringValue(
            Utf8Formatter.TryFormat(value, text, out var length) ? text[..length] : throw new OverflowException());
    }

    /// <summary>A property with a sum in quote units: the shortest digits that read back as the same number.</summary>
    public static void Sum(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, double value)
    {
        writer.WritePropertyName(name);
        writer.SumValue(value);
    }

    /// <summary>An element with a sum in quote units.</summary>
    public static void SumValue(this Utf8JsonWriter writer, double value)
    {
        // Never an exponent: the exchange writes none.
        var size = Math.Abs(value);
        var form = size >= LargestWithoutExponent ? "F0" : size is > 0 and < SmallestWithoutExponent ? "F12" : "R";
        writer.WriteStringValue(value.ToString(form, CultureInfo.InvariantCulture));
    }

    /// <summary>Writes <paramref name="value"/> as decimal text.</summary>
    /// <returns>Bytes written.</returns>
    public static int Format(Span<byte> into, long value, int decimals)
    {
        var at = 0;
        if (value < 0)
        {
            into[at++] = (byte)'-';
            value = -value;
        }

        var (whole, rest) = Math.DivRem(value, FixedPoint.One);
        Utf8Formatter.TryFormat(whole, into[at..], out var digits);
        at += digits;
        if (decimals == 0) return at;

        into[at++] = (byte)'.';
        rest /= Powers[FixedPoint.Decimals - decimals];
        for (var place = at + decimals - 1; place >= at; place--)
        {
            into[place] = (byte)('0' + (rest % 10));
            rest /= 10;
        }

        return at + decimals;
    }

    private static readonly long[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];
}
