using System.Buffers.Binary;

namespace FuturesBot.Adapters.Pictures;

/// <summary>
/// The outlines of a TrueType font: as much of the format as our own small fonts use (cmap format 4, simple and composite
/// glyphs, no hinting, no kerning). Digits have one width.
/// </summary>
/// <remarks>OpenType specification 1.9: tables head, maxp, cmap, hhea, hmtx, loca, glyf.</remarks>
internal sealed class OutlineFont
{
    private const int CompositeDepthMax = 4;

    private readonly byte[] _data;
    private readonly Dictionary<string, int> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _glyphs = [];
    private readonly bool _longOffsets;
    private readonly int _metrics;
    private readonly double _unitsPerEm;

    /// <exception cref="InvalidDataException">A table is missing.</exception>
    public OutlineFont(byte[] data)
    {
        _data = data;
        for (var i = 0; i < U16(4); i++)
        {
            var record = 12 + (16 * i);
            _tables[System.Text.Encoding.ASCII.GetString(data, record, 4)] = (int)U32(record + 8);
        }

        _unitsPerEm = U16(Table("head") + 18);
        _longOffsets = I16(Table("head") + 50) == 1;
        _metrics = U16(Table("hhea") + 34);
        ReadCharacters();
    }

    public static OutlineFont Regular { get; } = Load("Inter-400.ttf");

    public static OutlineFont SemiBold { get; } = Load("Inter-600.ttf");

    public static OutlineFont Bold { get; } = Load("Inter-700.ttf");

    public bool Has(char character) => _glyphs.ContainsKey(character);

    /// <summary>Width of a text in pixels at a size in pixels per em.</summary>
    public double Width(string text, double size)
    {
        var units = 0;
        foreach (var character in text) units += Advance(GlyphOf(character));
        return units * size / _unitsPerEm;
    }

    /// <summary>Adds a text's outlines to a shape, its baseline beginning at a point.</summary>
    public void AddText(Shape shape, string text, double x, double baseline, double size)
    {
        var scale = size / _unitsPerEm;
        foreach (var character in text)
        {
            var glyph = GlyphOf(character);
            AddGlyph(shape, glyph, new(scale, 0, 0, -scale, x, baseline), 0);
            x += Advance(glyph) * scale;
        }
    }

    private static OutlineFont Load(string name)
    {
        var resource = $"FuturesBot.Adapters.Pictures.Fonts.{name}";
        using var stream = typeof(OutlineFont).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"Font {resource} is not part of the program");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return new(bytes.ToArray());
    }

    // A letter that the font does not have shows as its empty box, which is glyph 0.
    private int GlyphOf(char character) => _glyphs.GetValueOrDefault(character);

    private int Advance(int glyph) => U16(Table("hmtx") + (4 * Math.Min(glyph, _metrics - 1)));

    private void AddGlyph(Shape shape, int glyph, Affine place, int depth)
    {
        var (from, to) = (OffsetOf(glyph), OffsetOf(glyph + 1));
        if (from == to) return;   // a space
        var at = Table("glyf") + from;
        var contours = I16(at);
        if (contours >= 0) AddSimple(shape, at + 10, contours, place);
        else if (depth < CompositeDepthMax) AddComposite(shape, at + 10, place, depth);
    }

    private void AddSimple(Shape shape, int at, int contours, Affine place)
    {
        if (contours == 0) return;
        var count = U16(at + (2 * (contours - 1))) + 1;
        var ends = Enumerable.Range(0, contours).Select(i => U16(at + (2 * i))).ToArray();
        at += 2 * contours;
        at += 2 + U16(at);

        var flags = new byte[count];
        for (var i = 0; i < count;)
        {
            var flag = _data[at++];
            flags[i++] = flag;
            if ((flag & 8) == 0) continue;
            for (var repeats = _data[at++]; repeats > 0; repeats--) flags[i++] = flag;
        }

        var xs = Coordinates(flags, ref at, 2, 16);
        var ys = Coordinates(flags, ref at, 4, 32);
        var first = 0;
        foreach (var end in ends)
        {
            AddContour(shape, place, flags, xs, ys, first, end);
            first = end + 1;
        }
    }

    private int[] Coordinates(byte[] flags, ref int at, int isShort, int sameOrPositive)
    {
        var values = new int[flags.Length];
        var value = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var same = (flags[i] & sameOrPositive) != 0;
            if ((flags[i] & isShort) != 0)
            {
                value += same ? _data[at] : -_data[at];
                at++;
            }
            else if (!same)
            {
                value += I16(at);
                at += 2;
            }

            values[i] = value;
        }

        return values;
    }

    private static void AddContour(Shape shape, Affine place, byte[] flags, int[] xs, int[] ys, int first, int last)
    {
        var n = last - first + 1;
        if (n < 2) return;
        bool On(int i) => (flags[first + (i % n)] & 1) != 0;
        (double X, double Y) At(int i) => place.Of(xs[first + (i % n)], ys[first + (i % n)]);
        static (double X, double Y) Middle((double X, double Y) a, (double X, double Y) b) => ((a.X + b.X) / 2, (a.Y + b.Y) / 2);

        var start = 0;
        while (start < n && !On(start)) start++;
        var origin = start < n ? At(start) : Middle(At(0), At(n - 1));
        if (start == n) start = n - 1;   // no point lies on the outline: begin between two
        shape.MoveTo(origin.X, origin.Y);
        for (var i = 1; i <= n; i++)
        {
            var point = At(start + i);
            if (On(start + i))
            {
                shape.LineTo(point.X, point.Y);
                continue;
            }

            var end = i == n ? origin : On(start + i + 1) ? At(start + i + 1) : Middle(point, At(start + i + 1));
            shape.CurveTo(point.X, point.Y, end.X, end.Y);
        }

        shape.Close();
    }

    private void AddComposite(Shape shape, int at, Affine place, int depth)
    {
        const int Words = 1, AreOffsets = 2, Scaled = 8, More = 32, ScaledXy = 64, Matrix = 128;
        int flags;
        do
        {
            flags = U16(at);
            var glyph = U16(at + 2);
            at += 4;
            var (dx, dy) = (flags & Words) != 0 ? (I16(at), I16(at + 2)) : (unchecked((sbyte)_data[at]), unchecked((sbyte)_data[at + 1]));
            at += (flags & Words) != 0 ? 4 : 2;
            if ((flags & AreOffsets) == 0) (dx, dy) = (0, 0);
            double a = 1, b = 0, c = 0, d = 1;
            if ((flags & Scaled) != 0)
            {
                a = d = F2Dot14(at);
                at += 2;
            }
            else if ((flags & ScaledXy) != 0)
            {
                (a, d) = (F2Dot14(at), F2Dot14(at + 2));
                at += 4;
            }
            else if ((flags & Matrix) != 0)
            {
                (a, b, c, d) = (F2Dot14(at), F2Dot14(at + 2), F2Dot14(at + 4), F2Dot14(at + 6));
                at += 8;
            }

            AddGlyph(shape, glyph, place.After(new(a, b, c, d, dx, dy)), depth + 1);
        }
        while ((flags & More) != 0);
    }

    private void ReadCharacters()
    {
        var cmap = Table("cmap");
        for (var i = 0; i < U16(cmap + 2); i++)
        {
            var at = cmap + (int)U32(cmap + 4 + (8 * i) + 4);
            if (U16(at) == 4) ReadSegments(at);
        }

        if (_glyphs.Count == 0) throw new InvalidDataException("Font has no character map of format 4");
    }

    private void ReadSegments(int at)
    {
        var segments = U16(at + 6) / 2;
        var (ends, starts) = (at + 14, at + 16 + (2 * segments));
        var (deltas, ranges) = (starts + (2 * segments), starts + (4 * segments));
        for (var s = 0; s < segments; s++)
        {
            var (first, last) = (U16(starts + (2 * s)), U16(ends + (2 * s)));
            for (var c = first; c <= last && c != 0xFFFF; c++)
            {
                var range = U16(ranges + (2 * s));
                var glyph = range == 0 ? c : U16(ranges + (2 * s) + range + (2 * (c - first)));
                if (glyph != 0) _glyphs[c] = (glyph + U16(deltas + (2 * s))) & 0xFFFF;
            }
        }
    }

    private int OffsetOf(int glyph) => _longOffsets ? (int)U32(Table("loca") + (4 * glyph)) : 2 * U16(Table("loca") + (2 * glyph));

    private int Table(string name) => _tables.TryGetValue(name, out var at) ? at : throw new InvalidDataException($"Font has no table '{name}'");

    private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_data.AsSpan(at));

    private int I16(int at) => BinaryPrimitives.ReadInt16BigEndian(_data.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_data.AsSpan(at));

    private double F2Dot14(int at) => I16(at) / 16384.0;

    /// <summary>x' = A·x + C·y + X, y' = B·x + D·y + Y.</summary>
    private readonly record struct Affine(double A, double B, double C, double D, double X, double Y)
    {
        public (double X, double Y) Of(double x, double y) => ((A * x) + (C * y) + X, (B * x) + (D * y) + Y);

        public Affine After(Affine inner)
        {
            var (x, y) = Of(inner.X, inner.Y);
            return new(
                (A * inner.A) + (C * inner.B), (B * inner.A) + (D * inner.B),
                (A * inner.C) + (C * inner.D), (B * inner.C) + (D * inner.D), x, y);
        }
    }
}
