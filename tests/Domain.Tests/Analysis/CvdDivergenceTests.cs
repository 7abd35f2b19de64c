using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Analysis;

public sealed class CvdDivergenceTests
{
    [Fact]
    public void Of_HigherHighOnLessBuying_SpeaksForShort()
    {
        // δ between the highs, bars 4…8: −20 −20 +10 +10 +10 = −10
        var (bars, swings) = Highs(first: 110, second: 112, 40, 40, 55, 55, 55);

        Assert.True(CvdDivergence.Of(bars, swings, Side.Short));
        Assert.False(CvdDivergence.Of(bars, swings, Side.Long));
    }

    [Theory]
    [InlineData(112.0, 60.0)]   // δ −20 −20 +20 +20 +20: the flow goes along
    [InlineData(110.0, 55.0)]   // no higher high
    [InlineData(109.0, 55.0)]
    public void Of_FlowGoesAlongOrNoNewHigh_IsNone(double second, double taker)
    {
        var (bars, swings) = Highs(first: 110, second, 40, 40, taker, taker, taker);

        Assert.False(CvdDivergence.Of(bars, swings, Side.Short));
    }

    [Fact]
    public void Of_Mirrored_SpeaksForLong()
    {
        var (bars, swings) = Highs(first: 110, second: 112, [40, 40, 55, 55, 55], mirrored: true);

        Assert.True(CvdDivergence.Of(bars, swings, Side.Long));
        Assert.False(CvdDivergence.Of(bars, swings, Side.Short));
    }

    [Fact]
    public void Of_HighNotYetConfirmed_IsNone()
    {
        var (bars, swings) = Highs(first: 110, second: 112, [40, 40, 55, 55, 55], after: 1);

        Assert.Equal(1, swings.Highs.Count);
        Assert.False(CvdDivergence.Of(bars, swings, Side.Short));
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void Of_SwingsFarApart_AreNotCompared(int apart, bool expected)
    {
        var (bars, swings) = Highs(first: 110, second: 112, [.. Enumerable.Repeat(45.0, apart)]);

        Assert.Equal(apart, swings.Highs.Ago(0).BarIndex - swings.Highs.Ago(1).BarIndex);
        Assert.Equal(expected, CvdDivergence.Of(bars, swings, Side.Short));
    }

    [Fact]
    public void Of_BarWithoutTakerVolumeBetween_IsUnavailable()
    {
        var (bars, swings) = Highs(first: 110, second: 112, 40, double.NaN, 55, 55, 55);

        Assert.Null(CvdDivergence.Of(bars, swings, Side.Short));
    }

    private static (CandleSeries Bars, SwingDetector Swings) Highs(double first, double second, params double[] takers) =>
        Highs(first, second, takers, mirrored: false);

    /// <summary>
    /// Bars of volume 100 with a swing high at bar 3 and another at the last of the bars whose taker
    /// volumes are given; no other swing.
    /// </summary>
    private static (CandleSeries Bars, SwingDetector Swings) Highs(
        double first, double second, double[] takers, bool mirrored = false, int after = 2)
    {
        var bars = new CandleSeries(TimeFrame.M15, 128);
        var swings = new SwingDetector(wing: 2);
        var count = 4 + takers.Length + after;
        for (var i = 0; i < count; i++)
        {
            var high = i == 3 ? first : i == 3 + takers.Length ? second : 105;
            var taker = i > 3 && i <= 3 + takers.Length ? takers[i - 4] : 50;
            var bar = Hand.Bar(i, 100, high, 99, 100, taker: taker);
            if (mirrored) bar = bar with { High = 101, Low = 200 - high, TakerBuyVolume = 100 - taker };
            bars.Append(bar);
            swings.Update(bar);
        }

        return (bars, swings);
    }
}
