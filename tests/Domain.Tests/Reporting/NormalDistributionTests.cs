using FuturesBot.Domain.Reporting;
using Xunit;

namespace FuturesBot.Domain.Tests.Reporting;

public sealed class NormalDistributionTests
{
    [Theory]
    // Abramowitz & Stegun, table 26.1 and 26.2, and the same function at higher precision.
    [InlineData(0, 0.5)]
    [InlineData(0.5, 0.691462461274013)]
    [InlineData(1, 0.841344746068543)]
    [InlineData(1.96, 0.975002104851780)]
    [InlineData(2.5, 0.993790334674224)]
    [InlineData(-1, 0.158655253931457)]
    [InlineData(-2, 0.0227501319481792)]
    public void Cdf_TableValues_MatchToTwelveDigits(double x, double expected) =>
        Assert.Equal(expected, NormalDistribution.Cdf(x), tolerance: 1e-14);

    [Theory]
    [InlineData(-4, 3.16712418331199e-5)]
    [InlineData(-6, 9.86587645037698e-10)]
    [InlineData(-10, 7.61985302416053e-24)]
    public void Cdf_FarTail_KeepsItsRelativeAccuracy(double x, double expected) =>
        Assert.Equal(1, NormalDistribution.Cdf(x) / expected, tolerance: 1e-12);

    [Fact]
    public void Cdf_WhereTheSeriesHandsOverToTheFraction_IsContinuous()
    {
        var below = NormalDistribution.Cdf(-3.0000000001);
        var at = NormalDistribution.Cdf(-3);

        Assert.Equal(at - below, NormalDistribution.Density(3) * 1e-10, tolerance: 1e-15);
    }

    [Theory]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.95, 1.644853626951472)]
    [InlineData(0.5, 0)]
    [InlineData(0.01, -2.326347874040841)]
    [InlineData(1e-9, -5.997807015007687)]
    public void Quantile_TableValues_Match(double p, double expected) =>
        Assert.Equal(expected, NormalDistribution.Quantile(p), tolerance: 1e-12);

    [Fact]
    public void Quantile_OfCdf_IsTheIdentity()
    {
        for (var x = -6.0; x <= 6; x += 0.01)
        {
            // Near 1 a probability cannot be told from its neighbours: the x it came from blurs.
            var blur = 1e-16 / NormalDistribution.Density(x);
            var back = NormalDistribution.Quantile(NormalDistribution.Cdf(x));
            Assert.Equal(x, back, tolerance: 1e-12 + (2 * blur));
        }
    }

    [Fact]
    public void Quantile_OutsideOfProbabilities_IsNotANumber()
    {
        Assert.Equal(double.NegativeInfinity, NormalDistribution.Quantile(0));
        Assert.Equal(double.PositiveInfinity, NormalDistribution.Quantile(1));
        Assert.Equal(double.NaN, NormalDistribution.Quantile(1.01));
        Assert.Equal(double.NaN, NormalDistribution.Quantile(double.NaN));
        Assert.Equal(double.NaN, NormalDistribution.Cdf(double.NaN));
    }
}
