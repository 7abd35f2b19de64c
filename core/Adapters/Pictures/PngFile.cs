using System.Buffers.Binary;
using System.IO.Compression;
using FuturesBot.Adapters.Files;

namespace FuturesBot.Adapters.Pictures;

/// <summary>Writes pixels as a PNG: with a palette when 256 colours are enough, else with three bytes a pixel.</summary>
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
        var (colours, indices) = Indexed(canvas);
        head[9] = (byte)(colours is null ? 2 : 3);   // three bytes a pixel, or one that names a colour of the palette
        head[10..].Clear();
        Chunk(file, "IHDR"u8, head);
        if (colours is not null) Chunk(file, "PLTE"u8, colours);
        Chunk(file, "IDAT"u8, colours is null ? Compressed(canvas.Pixels, canvas.Width * 3, canvas.Height, filter: 2) : Compressed(indices, canvas.Width, canvas.Height, filter: 0));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>The colours in the order in which they come, and each pixel's place among them; null when they are more than 256.</summary>
    private static (byte[]? Colours, byte[] Indices) Indexed(Canvas canvas)
    {
        var places = new Dictionary<int, byte>();
        var colours = new List<byte>();
        var indices = new byte[canvas.Width * canvas.Height];
        var (last, place) = (-1, (byte)0);
        for (var i = 0; i < indices.Length; i++)
        {
            var pixel = canvas.Pixels.AsSpan(i * 3, 3);
            var key = (pixel[0] << 16) | (pixel[1] << 8) | pixel[2];
            if (key != last && !places.TryGetValue(key, out place))
            {
                if (places.Count == 256) return (null, []);
                place = (byte)places.Count;
                places.Add(key, place);
                colours.AddRange(pixel);
            }

            last = key;
            indices[i] = place;
        }

        return ([.. colours], indices);
    }

    /// <summary>Rows as they are with a palette, else as the difference to the row above: a chart is made of upright things.</summary>
    private static byte[] Compressed(byte[] pixels, int stride, int height, byte filter)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[stride + 1];
            for (var y = 0; y < height; y++)
            {
                row[0] = y == 0 ? (byte)0 : filter;   // 0 none, 2 the row above
                var now = pixels.AsSpan(y * stride, stride);
                if (row[0] == 0) now.CopyTo(row.AsSpan(1));
                else Difference(now, pixels.AsSpan((y - 1) * stride, stride), row.AsSpan(1));
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
