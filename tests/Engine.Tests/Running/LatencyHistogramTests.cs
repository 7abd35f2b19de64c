using FuturesBot.Engine.Running;
using Xunit;

namespace FuturesBot.Engine.Tests.Running;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Quantiles_OfAHundredValues_AreTheBoundsTheyLieBelow()
    {
        var histogram = new LatencyHistogram();
        for (var i = 0; i < 94; i++) histogram.Add(1.5);   // up to 2
        for (var i = 0; i < 5; i++) histogram.Add(40);     // up to 50
        histogram.Add(90_000);                              // above the last

        Assert.Equal(100, histogram.Count);
        Assert.Equal((2, 50), (histogram.QuantileMs(0.5), histogram.QuantileMs(0.95)));
        Assert.Equal(50, histogram.QuantileMs(0.99));
        Assert.Equal(double.PositiveInfinity, histogram.QuantileMs(1));
    }

    [Fact]
    public void Add_ABoundItself_BelongsToItsStep()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(5);

        Assert.Equal(5, histogram.QuantileMs(1));
    }

    [Fact]
    public void Add_NegativeAndNaN_AreTheShortestAndNothing()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(-3);
        histogram.Add(double.NaN);

        Assert.Equal(1, histogram.Count);
        Assert.Equal(LatencyHistogram.BoundsMs[0], histogram.QuantileMs(0.5));
    }

    [Fact]
    public void Quantile_WithoutAValue_IsUnavailable() => Assert.True(double.IsNaN(new LatencyHistogram().QuantileMs(0.95)));

    [Fact]
    public void Add_OnAHotPath_AllocatesNothing()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(1);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1_000; i++) histogram.Add(i);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
