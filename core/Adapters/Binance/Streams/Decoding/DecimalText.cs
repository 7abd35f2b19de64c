using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Reads numbers in the one form that the exchange writes: digits, and behind a point more digits. All digits of up to
/// 16 characters are turned into a number at once, without a loop whose length the processor would have to guess:
/// quantities such as <c>0.014</c> and <c>12.111</c> alternate at random, and each wrong guess costs more than this.
/// </summary>
internal static class DecimalText
{
    private const int Width = 16;
    private const int DigitsMax = 18;   // any such number fits a long

    private static ReadOnlySpan<long> Scales =>
        [100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

    /// <summary>
    /// Reads at <paramref name="at"/> and moves behind the number. Nothing is refused with a reason here: what does
    /// not fit is left to the slow path.
    /// </summary>
    /// <param name="text">The message.</param>
    /// <param name="at">Where the number begins; afterwards where it ended.</param>
    /// <param name="digits">All digits as one integer, at most 18 of them.</param>
    /// <param name="decimals">How many of them stand behind the point.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> text, ref int at, out long digits, out int decimals)
    {
        if (text.Length - at < Width) return TryReadOneByOne(text, ref at, out digits, out decimals);

        var values = Vector128.Create(text.Slice(at, Width)) - Vector128.Create((byte)'0');
        var others = Vector128.GreaterThan(values, Vector128.Create((byte)9)).ExtractMostSignificantBits();
        var point = BitOperations.TrailingZeroCount(others);
        var end = point;
        var count = point;
        if (point < Width && text[at + point] == '.')
        {
            end = BitOperations.TrailingZeroCount(others & (others - 1));
            count = end - 1;
            if (point == 0 || count == point) return Fails(out digits, out decimals);
        }

        if (end >= Width) return TryReadOneByOne(text, ref at, out digits, out decimals);
        digits = Join(values, point, count);
        decimals = count - point;
        at += end;
        return count > 0;
    }

    /// <summary>The number as units of 10⁻⁸; false when it is too large or too fine for them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryScale(long digits, int decimals, out long value)
    {
        if ((uint)decimals > FixedPoint.Decimals)
        {
            value = 0;
            return false;
        }

        var high = Math.BigMul(digits, Scales[decimals], out value);
        return high == 0 && value >= 0;
    }

    /// <summary>
    /// Pushes the digits together over the point and to the right end, then adds up neighbours: ones to tens, tens to
    /// hundreds … until both halves are numbers of eight digits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Join(Vector128<byte> values, int point, int count)
    {
        unchecked
        {
            // A digit's source lies `16 − count` to the left, and one further right when it is behind the point.
            // Places before the first digit have a negative source, for which the shuffle gives 0.
            var source = Vector128<sbyte>.Indices + Vector128.Create((sbyte)(count - Width));
            source -= Vector128.GreaterThan(source, Vector128.Create((sbyte)(point - 1)));
            var aligned = Vector128.ShuffleNative(values, source.AsByte()).AsUInt64();
            return ((long)OfEight(aligned[0]) * 100_000_000) + (long)OfEight(aligned[1]);
        }
    }

    /// <summary>Eight digits, the first in the lowest byte, each a value 0–9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong OfEight(ulong digits)
    {
        unchecked
        {
            // Each product adds the upper half of a pair to the lower one's ten-, hundred- or ten-thousandfold.
            digits = (digits * ((10 << 8) + 1)) >> 8;
            digits = ((digits & 0x00FF_00FF_00FF_00FF) * ((100 << 16) + 1)) >> 16;
            return ((digits & 0x0000_FFFF_0000_FFFF) * ((10_000UL << 32) + 1)) >> 32;
        }
    }

    /// <summary>The same at the end of a message and for long numbers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryReadOneByOne(ReadOnlySpan<byte> text, ref int at, out long digits, out int decimals)
    {
        digits = 0;
        var point = -1;
        var i = at;
        for (; i < text.Length && i - at <= DigitsMax + 1; i++)
        {
            var digit = unchecked((uint)text[i] - '0');
            if (digit <= 9) digits = unchecked((digits * 10) + digit);
            else if (text[i] == '.' && point < 0) point = i;
            else break;
        }

        var count = i - at - (point < 0 ? 0 : 1);
        decimals = point < 0 ? 0 : i - point - 1;
        var whole = count - decimals;
        if (count > DigitsMax || whole == 0 || (point >= 0 && decimals == 0)) return Fails(out digits, out decimals);
        at = i;
        return true;
    }

    private static bool Fails(out long digits, out int decimals)
    {
        digits = 0;
        decimals = 0;
        return false;
    }
}
