namespace FuturesBot.Adapters.Pictures;

/// <summary>Closed outlines in pixels, curves already broken into lines. Where outlines of one turning overlap they are one.</summary>
internal sealed class Shape
{
    // At the sizes we draw a curve of four lines cannot be told from a smooth one.
    private const int CurveLines = 4;
    private const int CircleLines = 10;

    private readonly List<(double X, double Y)> _points = [];
    private readonly List<int> _starts = [];

    /// <summary>Where each outline begins; it ends where the next one begins.</summary>
    public IReadOnlyList<int> Starts => _starts;

    public IReadOnlyList<(double X, double Y)> Points => _points;

    public void MoveTo(double x, double y)
    {
        _starts.Add(_points.Count);
        _points.Add((x, y));
    }

    public void LineTo(double x, double y) => _points.Add((x, y));

    public void CurveTo(double cx, double cy, double x, double y)
    {
        var (x0, y0) = _points[^1];
        for (var i = 1; i <= CurveLines; i++)
        {
            var t = (double)i / CurveLines;
            var u = 1 - t;
            _points.Add(((u * u * x0) + (2 * u * t * cx) + (t * t * x), (u * u * y0) + (2 * u * t * cy) + (t * t * y)));
        }
    }

    /// <summary>Outlines are closed by themselves; this says that one is over.</summary>
    public void Close()
    {
        if (_points[^1] == _points[_starts[^1]] && _points.Count - _starts[^1] > 1) _points.RemoveAt(_points.Count - 1);
    }

    public Shape Rectangle(double x, double y, double width, double height, double radius = 0)
    {
        MoveTo(x + radius, y);
        LineTo(x + width - radius, y);
        if (radius > 0) CurveTo(x + width, y, x + width, y + radius);
        LineTo(x + width, y + height - radius);
        if (radius > 0) CurveTo(x + width, y + height, x + width - radius, y + height);
        LineTo(x + radius, y + height);
        if (radius > 0) CurveTo(x, y + height, x, y + height - radius);
        LineTo(x, y + radius);
        if (radius > 0) CurveTo(x, y, x + radius, y);
        return this;
    }

    public Shape Triangle((double X, double Y) a, (double X, double Y) b, (double X, double Y) c)
    {
        Polygon(a, b, c);
        return this;
    }

    /// <summary>A line with round joints.</summary>
    public Shape Line(IReadOnlyList<(double X, double Y)> points, double width)
    {
        for (var i = 1; i < points.Count; i++) Segment(points[i - 1], points[i], width / 2);
        foreach (var point in points) Circle(point, width / 2);
        return this;
    }

    /// <summary>The outlines of another shape as lines of a width: the halo of a text.</summary>
    public Shape Outline(Shape shape, double width)
    {
        for (var s = 0; s < shape._starts.Count; s++)
        {
            var end = s + 1 < shape._starts.Count ? shape._starts[s + 1] : shape._points.Count;
            for (var i = shape._starts[s]; i < end; i++)
            {
                var next = i + 1 < end ? i + 1 : shape._starts[s];
                Segment(shape._points[i], shape._points[next], width / 2);
                Circle(shape._points[i], width / 2);
            }
        }

        return this;
    }

    private void Segment((double X, double Y) from, (double X, double Y) to, double half)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var length = Math.Sqrt((dx * dx) + (dy * dy));
        if (length < 1e-6) return;
        var (nx, ny) = (-dy / length * half, dx / length * half);
        Polygon((from.X + nx, from.Y + ny), (to.X + nx, to.Y + ny), (to.X - nx, to.Y - ny), (from.X - nx, from.Y - ny));
    }

    private void Circle((double X, double Y) centre, double radius)
    {
        var points = new (double, double)[CircleLines];
        for (var i = 0; i < CircleLines; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / CircleLines);
            points[i] = (centre.X + (cos * radius), centre.Y + (sin * radius));
        }

        Polygon(points);
    }

    /// <summary>Turned the one way that all are turned, so that overlaps add up and do not cancel.</summary>
    private void Polygon(params ReadOnlySpan<(double X, double Y)> points)
    {
        var area = 0.0;
        for (var i = 0; i < points.Length; i++)
        {
            var next = points[(i + 1) % points.Length];
            area += (points[i].X * next.Y) - (next.X * points[i].Y);
        }

        _starts.Add(_points.Count);
        if (area >= 0)
        {
            foreach (var point in points) _points.Add(point);
            return;
        }

        for (var i = points.Length - 1; i >= 0; i--) _points.Add(points[i]);
    }
}
