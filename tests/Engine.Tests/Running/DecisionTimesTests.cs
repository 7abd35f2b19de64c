using FuturesBot.Engine.Running;
using Xunit;

namespace FuturesBot.Engine.Tests.Running;

public sealed class DecisionTimesTests
{
    [Fact]
    public void Quantiles_OfAHundred_AreTheSmallestNotExceeded()
    {
        var times = new DecisionTimes();
        for (var i = 100; i >= 1; i--) times.Add(i, TimeSpan.FromMilliseconds(2 * i));

        Assert.Equal((50, 99, 100), (times.AfterClose(0.5), times.AfterClose(0.99), times.AfterClose(1)));
        Assert.Equal((100, 198), (times.Took(0.5), times.Took(0.99)));
    }

    [Fact]
    public void Quantiles_WithoutAClock_AreUnavailable()
    {
        var times = new DecisionTimes();
        times.Add(double.NaN, TimeSpan.FromMilliseconds(3));

        Assert.True(double.IsNaN(times.AfterClose(0.5)));
        Assert.Equal(3, times.Took(0.5));
        Assert.True(double.IsNaN(new DecisionTimes().Took(0.5)));
    }
}
