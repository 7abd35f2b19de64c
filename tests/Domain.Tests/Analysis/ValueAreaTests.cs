using FuturesBot.Domain.Analysis;
using Xunit;

namespace FuturesBot.Domain.Tests.Analysis;

public sealed class ValueAreaTests
{
    // Spec 2.6. First row, pair rule: 70 % of 65 is 45.5. POC 20; above 15 + 9 against below 8 + 2 → up, 44;
    // above 4 + 1 against below 10 → down, 54. Single rule: 15 → 35, 9 against 8 → 44, 4 against 8 → 52.
    [Theory]
    [InlineData(new double[] { 1, 2, 8, 20, 15, 9, 4, 1, 0, 5 }, ValueAreaRule.Pair, 3, 1, 5, 54)]
    [InlineData(new double[] { 1, 2, 8, 20, 15, 9, 4, 1, 0, 5 }, ValueAreaRule.Single, 3, 2, 5, 52)]
    [InlineData(new double[] { 3, 9, 4, 10, 4, 2, 6, 1 }, ValueAreaRule.Pair, 3, 1, 5, 29)]
    [InlineData(new double[] { 3, 9, 4, 10, 4, 2, 6, 1 }, ValueAreaRule.Single, 3, 0, 4, 30)]
    public void Of_GoldenVector_IsThatOfTheSpecification(
        double[] bins, ValueAreaRule rule, int poc, int low, int high, double volume) =>
        Assert.Equal(new ValueArea(poc, low, high, volume), ValueArea.Of(bins, rule));

    [Theory]
    [InlineData(new double[] { 5, 1, 5, 1, 1 }, 2)]   // 2 is the middle itself
    [InlineData(new double[] { 1, 5, 1, 5, 1 }, 3)]   // both one bin away: the higher price
    [InlineData(new double[] { 5, 1, 1, 1, 5 }, 4)]
    [InlineData(new double[] { 5, 1, 1, 5, 1 }, 3)]   // 3 is nearer
    public void Of_TiedBins_TakesTheOneNearestTheMiddleThenTheHigher(double[] bins, int poc) =>
        Assert.Equal(poc, ValueArea.Of(bins, ValueAreaRule.Pair).Poc);

    [Theory]
    [InlineData(ValueAreaRule.Pair)]
    [InlineData(ValueAreaRule.Single)]
    public void Of_PocAtAnEdgeWithEmptyBinsBeyond_StopsAtTheEdge(ValueAreaRule rule)
    {
        // Only downward can the area grow: 10 + 0 + 0 + 10 of 20.
        var area = ValueArea.Of([10, 0, 0, 0, 10], rule);

        Assert.Equal((4, 0, 4, 20.0), (area.Poc, area.Low, area.High, area.Volume));
    }

    [Fact]
    public void Of_NoBins_IsRefused() => Assert.Throws<ArgumentException>(() => ValueArea.Of([], ValueAreaRule.Pair));
}
