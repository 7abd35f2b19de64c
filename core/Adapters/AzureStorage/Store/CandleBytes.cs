using System.Runtime.InteropServices;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.AzureStorage.Store;

/// <summary>
/// Candles as bytes: 72 each, the nine fields in their order, little-endian, bit for bit. At most 910 fit a value of a row;
/// a bucket has 96.
/// </summary>
internal static class CandleBytes
{
    public const int CandleMaxCount = 65_536 / 72;

    public static byte[] Write(ReadOnlySpan<Candle> candles) => MemoryMarshal.AsBytes(candles).ToArray();

    /// <exception cref="InvalidDataException">The length is no whole number of candles.</exception>
    public static Candle[] Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % Marshal.SizeOf<Candle>() != 0)
            throw new InvalidDataException($"Stored candles had {bytes.Length} bytes, no multiple of {Marshal.SizeOf<Candle>()}");
        return MemoryMarshal.Cast<byte, Candle>(bytes).ToArray();
    }
}
