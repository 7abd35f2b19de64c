using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Reads numbers in the one form that the exchange writes: digits, and behind a point more digits. All digits of up to
/// 16 characters are turned into a number at once, without a loop whose length the processor would have to guess:
/// quantities such as <c>0.014</c> and <c>12.111</c> alternate at random, and each wrong guess costs more than this.
/// Nothing is refused with a reason here: what does not fit is left to the slow path.
/// </summary>
internal static class DecimalText
{
    /// <summary>Characters that are looked at together.</summary>
    public const int Width = 16;

    private const int DigitsMax = 18;   // any such number fits a long
    private const int HalfDigits = Width / 2;
    private const long Half = 100_000_000;

    private static ReadOnlySpan<long> Scales =>
        [100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

    /// <summary>Reads the number at <paramref name="at"/>; returns where it ended, or −1.</summary>
    /// <param name="text">The message.</param>
    /// <param name="at">Where the number begins.</param>
    /// <param name="digits">All digits as one integer, at most 18 of them.</param>
    /// <param name="decimals">How many of them stand behind the point.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ReadOnlySpan<byte> text, int at, out long digits, out int decimals)
    {
        if (!TryFind(text, at, out var values, out var point, out var end))
            return ReadOneByOne(text, at, out digits, out decimals);

        digits = Join(values, point, end, out decimals);
        return unchecked(at + end);
    }

    /// <summary>Reads the number at <paramref name="at"/>; returns where it ended, or −1.</summary>
    /// <param name="text">The message.</param>
    /// <param name="at">Where the number begins.</param>
    /// <param name="value">Units of 10⁻⁸.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadFixed(ReadOnlySpan<byte> text, int at, out long value)
    {
        if (!TryFind(text, at, out var values, out var point, out var end) || !FitsHalves(point, end))
            return ReadFixedOneByOne(text, at, out value);

        value = JoinHalves(values, point, end);
        return unchecked(at + end);
    }

    /// <summary>The digits' values, a bit for each byte that is no digit.</summary>
    /// <param name="bytes">At least <see cref="Width"/>.</param>
    /// <param name="others">The lowest bit for the first byte.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Values(ReadOnlySpan<byte> bytes, out uint others)
    {
        var values = Vector128.Create(bytes) - Vector128.Create((byte)'0');
        others = Vector128.GreaterThan(values, Vector128.Create((byte)9)).ExtractMostSignificantBits();
        return values;
    }

    /// <summary>Where the number's point stands, or its end when it has none, and where the number ends.</summary>
    /// <param name="bytes">Begin with the number.</param>
    /// <param name="others">A bit for each byte that is no digit.</param>
    /// <param name="endMax">A number that ends behind this is not measured.</param>
    /// <param name="point">Digits before it.</param>
    /// <param name="end">Characters of the number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryMeasure(ReadOnlySpan<byte> bytes, uint others, int endMax, out int point, out int end)
    {
        unchecked
        {
            point = BitOperations.TrailingZeroCount(others);
            end = point;
            if (point > endMax) return false;
            if (bytes[point] != '.') return point > 0;
            end = BitOperations.TrailingZeroCount(others & (others - 1));
            return end <= endMax && end > point + 1 && point > 0;
        }
    }

    /// <summary>
    /// The number has at most seven digits before the point and eight behind it, so that it fits the halves of 16
    /// digits. One digit more before the point would have its last decimal come from behind the 16 bytes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool FitsHalves(int point, int end) => point < HalfDigits && end - point <= HalfDigits + 1;

    /// <summary>
    /// The number in units of 10⁻⁸: the digits before the point are pushed to the end of the first half, those behind
    /// it to the beginning of the second, and the number is there.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long JoinHalves(Vector128<byte> values, int point, int end)
    {
        unchecked
        {
            // Places before the first digit have a negative source, for which the shuffle gives 0.
            var places = Vector128.Create(-8, -7, -6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7, 8);
            var source = places + Vector128.Create((sbyte)point);
            var isDigit = Vector128.LessThan(Vector128<sbyte>.Indices, Vector128.Create((sbyte)end)).AsByte();
            return Sum(Vector128.ShuffleNative(values & isDigit, source.AsByte()));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryFind(
        ReadOnlySpan<byte> text, int at, out Vector128<byte> values, out int point, out int end)
    {
        (values, point, end) = (default, 0, 0);
        if (unchecked(text.Length - at) < Width) return false;
        var bytes = text.Slice(at, Width);
        values = Values(bytes, out var others);
        return TryMeasure(bytes, others, Width - 1, out point, out end);
    }

    /// <summary>All digits as one integer: they are pushed together over the point, and to the right end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Join(Vector128<byte> values, int point, int end, out int decimals)
    {
        unchecked
        {
            var count = point < end ? end - 1 : end;
            decimals = count - point;
            var source = Vector128<sbyte>.Indices + Vector128.Create((sbyte)(count - Width));
            source -= Vector128.GreaterThan(source, Vector128.Create((sbyte)(point - 1)));   // − (−1) behind the point
            return Sum(Vector128.ShuffleNative(values, source.AsByte()));
        }
    }

    /// <summary>
    /// 16 digits as a number, by adding up neighbours: ones to tens, tens to hundreds … until both halves are numbers
    /// of eight digits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Sum(Vector128<byte> digits)
    {
        unchecked
        {
            if (!Sse41.IsSupported) return SumWithoutSse(digits);
            var twos = Ssse3.MultiplyAddAdjacent(digits, Vector128.Create((ushort)(10 | (1 << 8))).AsSByte());
            var fours = Sse2.MultiplyAddAdjacent(twos, Vector128.Create(100 | (1 << 16)).AsInt16());
            var packed = Sse41.PackUnsignedSaturate(fours, fours).AsInt16();
            var eights = Sse2.MultiplyAddAdjacent(packed, Vector128.Create(10_000 | (1 << 16)).AsInt16()).AsUInt64()[0];
            return ((long)(uint)eights * Half) + (long)(eights >> 32);
        }
    }

    /// <summary>The same on any processor.</summary>
    internal static long SumWithoutSse(Vector128<byte> digits) =>
        unchecked(((long)OfEight(digits.AsUInt64()[0]) * Half) + (long)OfEight(digits.AsUInt64()[1]));

    /// <summary>Eight digits, the first in the lowest byte, each a value 0–9.</summary>
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

    /// <summary>At the end of a message, and for long numbers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadOneByOne(ReadOnlySpan<byte> text, int at, out long digits, out int decimals)
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
        var isNumber = count <= DigitsMax && whole > 0 && (point < 0 || decimals > 0);
        return isNumber ? i : -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadFixedOneByOne(ReadOnlySpan<byte> text, int at, out long value)
    {
        value = 0;
        var end = ReadOneByOne(text, at, out var digits, out var decimals);
        if (end < 0 || decimals >= Scales.Length) return -1;
        var high = Math.BigMul(digits, Scales[decimals], out value);
        return high == 0 && value >= 0 ? end : -1;
    }
}
