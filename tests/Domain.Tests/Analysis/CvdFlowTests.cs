using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Analysis;

public sealed class CvdFlowTests
{
    [Fact]
    public void Delta_GoldenMarket_IsThatOfTheSpecification()
    {
        var bars = Hand.Series(GoldenMarket.Bars(1500));

        Assert.Equal(530, CvdFlow.Delta(bars, fromAgo: 95, toAgo: 0));
    }

    [Theory]
    // δ = 2·TBV − V with V = 100 each. ΣV = 300, so the threshold is 30.
    [InlineData(60, 60, 50, true, false)]    // +20 +20 0 = +40
    [InlineData(60, 55, 50, true, false)]    // +30: exactly the threshold
    [InlineData(60, 54, 50, false, false)]   // +28: too little
    [InlineData(40, 40, 50, false, true)]    // −40
    public void Agrees_ThreeBars_ComparesWithATenthOfTheVolume(
        double first, double second, double third, bool agreesLong, bool agreesShort)
    {
        var bars = Bars(first, second, third);

        Assert.Equal(agreesLong, CvdFlow.Agrees(bars, CvdFlow.WindowBars, Side.Long));
        Assert.Equal(agreesShort, CvdFlow.Agrees(bars, CvdFlow.WindowBars, Side.Short));
    }

    [Fact]
    public void Agrees_OneBarWithoutTakerVolume_IsUnavailable()
    {
        var bars = Bars(60, double.NaN, 60);

        Assert.Null(CvdFlow.Agrees(bars, 3, Side.Long));
        Assert.True(double.IsNaN(CvdFlow.Delta(bars, 2, 0)));
        Assert.True(CvdFlow.Agrees(bars, 1, Side.Long));
    }

    [Fact]
    public void Agrees_MoreBarsThanKept_IsUnavailable() => Assert.Null(CvdFlow.Agrees(Bars(60, 60), 3, Side.Long));

    [Theory]
    // Sweep bar δ, then two bars; long wants a sum of at least +20 of 200.
    [InlineData(30, 60, 55, true)]     // −40, then +30
    [InlineData(70, 60, 55, false)]    // +40 has the same sign: no flip
    [InlineData(30, 60, 49, false)]    // −40, then +18: not enough
    [InlineData(30, 40, 40, false)]    // goes on down
    public void Flipped_AfterASweep_NeedsTheOtherSignAndTheThreshold(
        double sweep, double next, double last, bool expected)
    {
        Assert.Equal(expected, CvdFlow.Flipped(Bars(sweep, next, last), sweepAgo: 2, Side.Long));
        Assert.Equal(expected, CvdFlow.Flipped(Bars(100 - sweep, 100 - next, 100 - last), sweepAgo: 2, Side.Short));
    }

    [Fact]
    public void Flipped_TheNewestBarItself_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CvdFlow.Flipped(Bars(60, 60), 0, Side.Long));

    private static CandleSeries Bars(params double[] taker) =>
        Hand.Series(taker.Select((t, i) => Hand.Bar(i, 100, 101, 99, 100, 100, t)));
}
