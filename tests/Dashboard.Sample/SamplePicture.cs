using System.Buffers.Binary;
using System.IO.Compression;

namespace FuturesBot.Dashboard.Sample;

/// <summary>A PNG of invented candles in four colours, for the chat.</summary>
internal static class SamplePicture
{
    private const int Wide = 960;
    private const int High = 540;

    public static byte[] Draw()
    {
        var rows = new byte[High * (Wide + 1)];   // each row begins with its filter, 0
        var random = new Random(11);
        var price = 300.0;
        for (var x = 20; x < 900; x += 14)
        {
            var next = Math.Clamp(price + ((random.NextDouble() - 0.56) * 40), 60, 480);
            var colour = (byte)(next < price ? 1 : 2);
            Fill(rows, x + 4, (int)Math.Min(price, next) - 12, 2, (int)Math.Abs(next - price) + 24, colour);
            Fill(rows, x, (int)Math.Min(price, next), 10, Math.Max(2, (int)Math.Abs(next - price)), colour);
            price = next;
        }

        Fill(rows, 0, (int)price, Wide, 2, 3);
        using var packed = new MemoryStream();
        using (var pack = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) pack.Write(rows);
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, Wide);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), High);
        (head[8], head[9]) = (8, 3);   // eight bits a pixel, by palette
        Chunk(png, "IHDR"u8, head);
        Chunk(png, "PLTE"u8, [0x0B, 0x0E, 0x13, 0x38, 0xBD, 0xEA, 0xFF, 0x8A, 0x4C, 0xE8, 0xEC, 0xF3]);
        Chunk(png, "IDAT"u8, packed.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Fill(byte[] rows, int left, int top, int wide, int high, byte colour)
    {
        for (var y = Math.Max(0, top); y < Math.Min(High, top + high); y++)
            Array.Fill(rows, colour, (y * (Wide + 1)) + 1 + left, Math.Min(wide, Wide - left));
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(name);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(name, data));
        png.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var one in name) crc = Next(crc, one);
        foreach (var one in data) crc = Next(crc, one);
        return ~crc;

        static uint Next(uint crc, byte value)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            return crc;
        }
    }
}
