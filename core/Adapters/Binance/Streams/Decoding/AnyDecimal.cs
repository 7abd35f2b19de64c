using System.Text.Json;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// A number in any form that JSON knows: with a sign, with an exponent, with more zeros than needed. Exact, or refused.
/// </summary>
internal readonly struct AnyDecimal
{
    /// <summary>No number of an exchange is that long; a text beyond it is not read.</summary>
    public const int LengthMax = 128;

    private const int SignificantMax = 19;   // any such number fits a ulong
    private const int ExponentMax = 100_000;   // far outside every form, and its sums stay small

    private readonly ulong _digits;     // without the zeros at either end
    private readonly int _exponent;     // the value is digits · 10^exponent
    private readonly bool _isLonger;    // has more significant digits than are kept

    private AnyDecimal(bool isNegative, ulong digits, int exponent, bool isLonger)
    {
        IsNegative = (digits != 0 || isLonger) && isNegative;
        _digits = digits;
        _exponent = exponent;
        _isLonger = isLonger;
    }

    /// <summary>Below 0; −0 is 0.</summary>
    public bool IsNegative { get; }

    /// <summary>The reader's current value, a number or a text with a number in it.</summary>
    /// <param name="reader">Stands on the value.</param>
    /// <param name="buffer">Takes the number's text: <see cref="LengthMax"/> bytes, or fewer for shorter numbers.</param>
    /// <param name="length">Of the text.</param>
    /// <param name="number">The number.</param>
    public static bool TryRead(
        scoped ref Utf8JsonReader reader, scoped Span<byte> buffer, out int length, out AnyDecimal number)
    {
        number = default;
        length = reader.TokenType is JsonTokenType.Number or JsonTokenType.String
            ? JsonTexts.Copy(ref reader, buffer)
            : -1;
        return length > 0 && TryParse(buffer[..length], out number);
    }

    /// <summary>Digits, a point between digits, and an exponent; nothing else, least of all <c>NaN</c>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out AnyDecimal number)
    {
        number = default;
        if (text.Length > LengthMax) return false;

        var isNegative = text is [(byte)'-', ..];
        var rest = isNegative ? text[1..] : text;
        var whole = TakeDigits(ref rest);
        var fraction = default(ReadOnlySpan<byte>);
        if (rest is [(byte)'.', ..])
        {
            rest = rest[1..];
            fraction = TakeDigits(ref rest);
            if (fraction.IsEmpty) return false;
        }

        if (whole.IsEmpty || !TryTakeExponent(ref rest, out var exponent) || !rest.IsEmpty) return false;
        number = Join(isNegative, whole, fraction, exponent);
        return true;
    }

    /// <summary>The number in units of 10^−<paramref name="decimals"/>; null when it is, else why not.</summary>
    public StreamFault? Scale(int decimals, out long value)
    {
        value = 0;
        if (_digits == 0) return null;

        var shift = _exponent + decimals;
        if (shift < 0) return StreamFault.TooFine;   // the last digit is not a zero
        if (_isLonger || shift > SignificantMax) return StreamFault.TooLarge;
        var scaled = (UInt128)_digits;
        for (; shift > 0; shift--) scaled *= 10;
        if (scaled > long.MaxValue) return StreamFault.TooLarge;
        value = IsNegative ? -(long)scaled : (long)scaled;
        return null;
    }

    private static AnyDecimal Join(
        bool isNegative, scoped ReadOnlySpan<byte> whole, scoped ReadOnlySpan<byte> fraction, int exponent)
    {
        fraction = fraction.TrimEnd((byte)'0');
        exponent -= fraction.Length;
        if (fraction.IsEmpty)
        {
            var trimmed = whole.TrimEnd((byte)'0');
            exponent += whole.Length - trimmed.Length;
            whole = trimmed;
        }

        var digits = 0UL;
        var significant = 0;
        foreach (var digit in whole) Add(digit);
        foreach (var digit in fraction) Add(digit);
        return new(isNegative, digits, exponent, significant > SignificantMax);

        void Add(byte digit)
        {
            if (digits == 0 && digit == '0') return;
            if (++significant <= SignificantMax) digits = (digits * 10) + (ulong)(digit - '0');
        }
    }

    private static ReadOnlySpan<byte> TakeDigits(scoped ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = end < 0 ? rest : rest[..end];
        rest = rest[digits.Length..];
        return digits;
    }

    private static bool TryTakeExponent(scoped ref ReadOnlySpan<byte> rest, out int exponent)
    {
        exponent = 0;
        if (rest is not [(byte)'e' or (byte)'E', ..]) return true;

        rest = rest[1..];
        var isNegative = rest is [(byte)'-', ..];
        if (rest is [(byte)'-' or (byte)'+', ..]) rest = rest[1..];
        var digits = TakeDigits(ref rest);
        foreach (var digit in digits) exponent = Math.Min((exponent * 10) + (digit - '0'), ExponentMax);
        if (isNegative) exponent = -exponent;
        return !digits.IsEmpty;
    }
}
