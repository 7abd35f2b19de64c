using System.Buffers.Binary;
using System.IO.Compression;
using FuturesBot.Adapters.Files;

namespace FuturesBot.Adapters.Pictures;

/// <summary>Writes pixels as a PNG: eight bits each of red, green and blue, no palette, one data chunk.</summary>
/// <remarks>W3C PNG specification, third edition.</remarks>
internal static class PngFile
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public static byte[] Of(Canvas canvas)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> head = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, canvas.Width);
        BinaryPrimitives.WriteInt32BigEndian(head[4..], canvas.Height);
        head[8] = 8;   // bits
        head[9] = 2;   // colour without transparency
        head[10..].Clear();
        Chunk(file, "IHDR"u8, head);
        Chunk(file, "IDAT"u8, Compressed(canvas));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>
    /// Rows as the difference to the row above: a chart is made of upright things, so most of it becomes zero.
    /// </summary>
    private static byte[] Compressed(Canvas canvas)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            var stride = canvas.Width * 3;
            var row = new byte[stride + 1];
            for (var y = 0; y < canvas.Height; y++)
            {
                row[0] = 2;   // filter Up
                var now = canvas.Pixels.AsSpan(y * stride, stride);
                if (y == 0) now.CopyTo(row.AsSpan(1));
                else Difference(now, canvas.Pixels.AsSpan((y - 1) * stride, stride), row.AsSpan(1));
                zlib.Write(row);
            }
        }

        return data.ToArray();
    }

    private static void Difference(ReadOnlySpan<byte> now, ReadOnlySpan<byte> above, Span<byte> into)
    {
        for (var i = 0; i < now.Length; i++) into[i] = unchecked((byte)(now[i] - above[i]));
    }

    private static void Chunk(Stream file, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(name);
        file.Write(data);
        var checkedBytes = new byte[name.Length + data.Length];
        name.CopyTo(checkedBytes);
        data.CopyTo(checkedBytes.AsSpan(name.Length));
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Append(0, checkedBytes));
        file.Write(number);
    }
}
