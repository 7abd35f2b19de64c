using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Reads one level, <c>["61800.20","2.507"]</c>, of which a depth message has dozens. Few are longer than 32 bytes:
/// one look at them finds where both numbers end.
/// </summary>
internal static class LevelText
{
    /// <summary>No level is shorter: <c>["1","0"]</c>.</summary>
    public const int LengthMin = 9;

    private const int OpenLength = 2;      // ["
    private const int BetweenLength = 3;   // ","
    private const int CloseLength = 2;     // "]
    private const int Width = 32;          // behind the opening
    private const int PriceMax = Width - BetweenLength - DecimalText.Width;
    private const int QuantityMax = DecimalText.Width - CloseLength;
    private const uint Open = '[' | ('"' << 8);
    private const uint Between = '"' | (',' << 8) | ('"' << 16);
    private const uint Close = '"' | (']' << 8);

    /// <summary>Reads the level at <paramref name="at"/>; returns where it ended, or −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ReadOnlySpan<byte> text, int at, out BookLevel level)
    {
        unchecked
        {
            level = default;
            if (text.Length - at < OpenLength + Width) return ReadInSteps(text, at, ref level);

            var bytes = text.Slice(at + OpenLength, Width);
            var values = Vector256.Create(bytes) - Vector256.Create((byte)'0');
            var others = Vector256.GreaterThan(values, Vector256.Create((byte)9)).ExtractMostSignificantBits();
            if (!DecimalText.TryMeasure(bytes, others, PriceMax, out var point, out var end))
                return ReadInSteps(text, at, ref level);

            var start = end + BetweenLength;
            var quantity = bytes.Slice(start, DecimalText.Width);
            if (!DecimalText.TryMeasure(quantity, others >> start, QuantityMax, out var pointOfTwo, out var endOfTwo))
                return ReadInSteps(text, at, ref level);

            var wrong = (BinaryPrimitives.ReadUInt16LittleEndian(text[at..]) ^ Open)
                | ((BinaryPrimitives.ReadUInt32LittleEndian(bytes[end..]) & 0xFF_FFFF) ^ Between)
                | (BinaryPrimitives.ReadUInt16LittleEndian(quantity[endOfTwo..]) ^ Close);
            if (wrong != 0 || !DecimalText.FitsHalves(point, end) || !DecimalText.FitsHalves(pointOfTwo, endOfTwo))
                return ReadInSteps(text, at, ref level);

            level = new(
                DecimalText.JoinHalves(values.GetLower(), point, end),
                DecimalText.JoinHalves(DecimalText.Values(quantity, out _), pointOfTwo, endOfTwo));
            return at + OpenLength + start + endOfTwo + CloseLength;
        }
    }

    /// <summary>The same at the end of a message, and for numbers of unusual length.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadInSteps(ReadOnlySpan<byte> text, int at, ref BookLevel level)
    {
        if (!text[at..].StartsWith("[\""u8)) return -1;
        at = DecimalText.ReadFixed(text, at + OpenLength, out var price);
        if (at < 0 || !text[at..].StartsWith("\",\""u8)) return -1;
        at = DecimalText.ReadFixed(text, at + BetweenLength, out var quantity);
        if (at < 0 || !text[at..].StartsWith("\"]"u8)) return -1;
        level = new(price, quantity);
        return at + CloseLength;
    }
}
