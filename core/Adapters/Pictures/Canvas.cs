namespace FuturesBot.Adapters.Pictures;

/// <summary>Pixels, and shapes laid upon them with smooth edges.</summary>
/// <remarks>
/// Each edge leaves the area to its right in an accumulator; a running sum along the row is then the share of each pixel that
/// is covered, exactly. Nothing depends on the machine but IEEE arithmetic.
/// </remarks>
internal sealed class Canvas(int width, int height)
{
    // Steps of an edge's smoothness: the eye sees no more, and the file is a third smaller than with 255.
    private const float Shades = 8;

    private float[] _area = [];

    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>Red, green, blue; row by row.</summary>
    public byte[] Pixels { get; } = new byte[width * height * 3];

    public void Clear(Rgb colour)
    {
        for (var i = 0; i < Pixels.Length; i += 3) (Pixels[i], Pixels[i + 1], Pixels[i + 2]) = (colour.R, colour.G, colour.B);
    }

    /// <summary>A rectangle on whole pixels: sharp edges.</summary>
    public void Block(int x, int y, int w, int h, Rgb colour, double alpha = 1)
    {
        for (var row = Math.Max(0, y); row < Math.Min(Height, y + h); row++)
        {
            for (var column = Math.Max(0, x); column < Math.Min(Width, x + w); column++) Blend(column, row, colour, alpha);
        }
    }

    public void Fill(Shape shape, Rgb colour, double alpha = 1)
    {
        if (shape.Points.Count == 0) return;
        var (minX, maxX) = (shape.Points.Min(p => p.X), shape.Points.Max(p => p.X));
        var (minY, maxY) = (shape.Points.Min(p => p.Y), shape.Points.Max(p => p.Y));
        var (x0, y0) = (Math.Max(0, (int)Math.Floor(minX)), Math.Max(0, (int)Math.Floor(minY)));
        var (x1, y1) = (Math.Min(Width, (int)Math.Ceiling(maxX) + 1), Math.Min(Height, (int)Math.Ceiling(maxY) + 1));
        if (x1 <= x0 || y1 <= y0) return;

        var (w, h) = (x1 - x0, y1 - y0);
        var stride = w + 2;
        if (_area.Length < stride * h) _area = new float[stride * h];
        var area = _area.AsSpan(0, stride * h);
        area.Clear();
        for (var s = 0; s < shape.Starts.Count; s++)
        {
            var end = s + 1 < shape.Starts.Count ? shape.Starts[s + 1] : shape.Points.Count;
            for (var i = shape.Starts[s]; i < end; i++)
            {
                var (from, to) = (shape.Points[i], shape.Points[i + 1 < end ? i + 1 : shape.Starts[s]]);
                Edge(area, stride, w, h, from.X - x0, from.Y - y0, to.X - x0, to.Y - y0);
            }
        }

        for (var row = 0; row < h; row++)
        {
            var sum = 0f;
            for (var column = 0; column < w; column++)
            {
                sum += area[(row * stride) + column];
                var covered = MathF.Round(Math.Min(1f, Math.Abs(sum)) * Shades) / Shades;
                if (covered > 0f) Blend(x0 + column, y0 + row, colour, covered * alpha);
            }
        }
    }

    private static void Edge(Span<float> area, int stride, int w, int h, double x0, double y0, double x1, double y1)
    {
        if (y0 == y1) return;
        var down = y0 < y1 ? 1.0 : -1.0;
        if (y0 > y1) (x0, y0, x1, y1) = (x1, y1, x0, y0);
        var slope = (x1 - x0) / (y1 - y0);
        var last = Math.Min(h, y1);
        for (var y = Math.Max(0, y0); y < last;)
        {
            var row = (int)y;
            var next = Math.Min(row + 1, last);
            var dy = next - y;
            var (left, right) = (x0 + ((y - y0) * slope), x0 + ((next - y0) * slope));
            if (left > right) (left, right) = (right, left);
            Row(area.Slice(row * stride, stride), w, Math.Clamp(left, 0, w), Math.Clamp(right, 0, w), down * dy);
            y = next;
        }
    }

    /// <summary>What a piece of an edge within one row covers: its height, shared among the pixels that it crosses.</summary>
    private static void Row(Span<float> row, int w, double left, double right, double height)
    {
        var first = (int)left;
        var last = Math.Min(w, (int)Math.Ceiling(right));
        if (last <= first + 1)
        {
            var share = ((left + right) / 2) - first;
            row[first] += (float)(height * (1 - share));
            row[first + 1] += (float)(height * share);
            return;
        }

        var perPixel = height / (right - left);
        var before = 0.0;   // covered by the edge up to the pixel
        for (var x = first; x < last; x++)
        {
            var (from, to) = (Math.Max(left, x), Math.Min(right, x + 1));
            // Height that the edge gains inside this pixel, and how much of the pixel lies to its right.
            var gained = (to - from) * perPixel;
            var inside = gained * (x + 1 - ((from + to) / 2));
            row[x] += (float)(before + inside);
            before = gained - inside;
        }

        row[last] += (float)before;
    }

    private void Blend(int x, int y, Rgb colour, double alpha)
    {
        var at = ((y * Width) + x) * 3;
        Pixels[at] = Mixed(Pixels[at], colour.R, alpha);
        Pixels[at + 1] = Mixed(Pixels[at + 1], colour.G, alpha);
        Pixels[at + 2] = Mixed(Pixels[at + 2], colour.B, alpha);
    }

    private static byte Mixed(byte below, byte above, double alpha) => (byte)((below + ((above - below) * alpha)) + 0.5);
}
