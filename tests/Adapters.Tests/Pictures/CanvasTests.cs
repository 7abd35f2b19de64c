using FuturesBot.Adapters.Pictures;
using Xunit;

namespace FuturesBot.Adapters.Tests.Pictures;

public sealed class CanvasTests
{
    private static readonly Rgb White = new(200, 200, 200);

    // 200 × the covered share of each pixel: half a pixel left and right, a quarter of a row above.
    [Fact]
    public void Fill_RectangleOnFractions_CoversEachPixelByItsShare()
    {
        var canvas = new Canvas(4, 3);

        canvas.Fill(new Shape().Rectangle(0.5, 0.75, 2, 1.25), White);

        Assert.Equal([25, 50, 25, 0, 100, 200, 100, 0, 0, 0, 0, 0], Reds(canvas));
    }

    [Fact]
    public void Fill_Triangle_CoversItsArea()
    {
        var canvas = new Canvas(10, 10);

        canvas.Fill(new Shape().Triangle((0, 0), (10, 10), (0, 10)), White);

        Assert.Equal(100, Reds(canvas)[0]);      // cut from corner to corner
        Assert.Equal(0, Reds(canvas)[1]);
        Assert.Equal(200, Reds(canvas)[90]);
        Assert.Equal(50 * 200, Reds(canvas).Sum(red => red));
    }

    [Fact]
    public void Fill_FlatSlope_CoversItsArea()
    {
        var canvas = new Canvas(40, 4);

        canvas.Fill(new Shape().Triangle((0, 0), (40, 4), (0, 4)), White);

        Assert.InRange(Reds(canvas).Sum(red => red) / 200.0, 79, 81);   // half of 40 × 4
    }

    [Fact]
    public void Fill_OverlappingPieces_CoverOnce()
    {
        var canvas = new Canvas(4, 1);

        canvas.Fill(new Shape().Rectangle(0, 0, 3, 1).Rectangle(1, 0, 3, 1), White);

        Assert.Equal([200, 200, 200, 200], Reds(canvas));
    }

    [Fact]
    public void Fill_BeyondTheEdges_IsCutThere()
    {
        var canvas = new Canvas(2, 2);

        canvas.Fill(new Shape().Rectangle(-5, -5, 6, 50), White);

        Assert.Equal([200, 0, 200, 0], Reds(canvas));
    }

    private static int[] Reds(Canvas canvas) => [.. Enumerable.Range(0, canvas.Pixels.Length / 3).Select(i => (int)canvas.Pixels[i * 3])];
}
