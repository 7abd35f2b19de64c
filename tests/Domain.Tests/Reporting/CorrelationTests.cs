using FuturesBot.Domain.Reporting;
using Xunit;

namespace FuturesBot.Domain.Tests.Reporting;

public sealed class CorrelationTests
{
    [Theory]
    // means 2 and 3; xy = (−1·−2) + (0·1) + (1·1) = 3; xx = 2; yy = 4 + 1 + 1 = 6 → 3 / √12
    [InlineData(new[] { 1.0, 2, 3 }, new[] { 1.0, 4, 4 }, 0.8660254037844386)]
    [InlineData(new[] { 1.0, 2, 3 }, new[] { 30.0, 20, 10 }, -1)]
    [InlineData(new[] { 1.0, double.NaN, 2, 3 }, new[] { 2.0, 50, 4, 6 }, 1)]
    public void Of_PairsByHand_MatchesTheCalculation(double[] x, double[] y, double expected) =>
        Assert.Equal(expected, Correlation.Of(x, y), precision: 12);

    [Theory]
    [InlineData(new[] { 1.0, 2 }, new[] { 1.0, 2 })]
    [InlineData(new[] { 1.0, 2, 3 }, new[] { 5.0, 5, 5 })]
    [InlineData(new[] { 1.0, double.NaN, 3 }, new[] { 5.0, 6, 7 })]
    public void Of_TooLittle_IsUnavailable(double[] x, double[] y) => Assert.True(double.IsNaN(Correlation.Of(x, y)));

    [Fact]
    public void Clusters_OfAChain_HoldsItsEndsThoughTheyAreLessAlike()
    {
        // 0–1 and 1–2 are linked at 0.5 √3 ≈ 0.866 each; 0–2 alone is 0.5: by the angles 0°, 30°, 60° between the series.
        double[][] returns = [Turned(0), Turned(30), Turned(60), Turned(150)];

        var cluster = Assert.Single(CorrelationCluster.Of(returns, threshold: 0.8));

        Assert.Equal([0, 1, 2], cluster.Members);
        Assert.Equal(((0.8660254037844387 * 2) + 0.5) / 3, cluster.Mean, precision: 12);
        Assert.Equal(0.5, cluster.Min, precision: 12);
    }

    [Fact]
    public void Clusters_OfUnlinkedSeries_AreNone() => Assert.Empty(CorrelationCluster.Of([Turned(0), Turned(90), Turned(180)], 0.8));

    // Two series without mean and without connection span the plane; a turned one has the cosine of the angle as correlation.
    private static double[] Turned(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        double[] first = [1, -1, 1, -1], second = [1, 1, -1, -1];
        return [.. first.Zip(second, (x, y) => (x * cos) + (y * sin))];
    }
}
