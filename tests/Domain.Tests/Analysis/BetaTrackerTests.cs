using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Analysis;

public sealed class BetaTrackerTests
{
    [Fact]
    public void Update_OwnReturnsTwiceBtcs_IsBetaTwoAndCorrelationOneAfter30Days()
    {
        var tracker = new BetaTracker();
        var random = new Random(5);
        var (own, btc) = (100.0, 100.0);
        for (var i = 0; i <= BetaTracker.Periods; i++)
        {
            Assert.True(double.IsNaN(tracker.Beta) && double.IsNaN(tracker.Correlation));
            tracker.Update(Bar(i, own), Bar(i, btc));
            var change = (random.NextDouble() - 0.5) / 50;
            (own, btc) = (own * (1 + (2 * change)), btc * (1 + change));
        }

        Assert.Equal(2, tracker.Beta, precision: 9);
        Assert.Equal(1, tracker.Correlation, precision: 9);
    }

    [Theory]
    [InlineData(800)]
    [InlineData(5000)]
    public void Update_LongRun_EqualsASumOverTheLast720Returns(int count)
    {
        var own = Hand.Walk(count, seed: 1, TimeFrame.H1);
        var btc = Hand.Walk(count, seed: 2, TimeFrame.H1);
        var tracker = new BetaTracker();
        for (var i = 0; i < count; i++) tracker.Update(own[i], btc[i]);

        var y = Returns(own);
        var x = Returns(btc);
        var covariance = x.Zip(y, (a, b) => (a - x.Average()) * (b - y.Average())).Sum();
        var (varianceX, varianceY) =
            (x.Sum(a => (a - x.Average()) * (a - x.Average())), y.Sum(b => (b - y.Average()) * (b - y.Average())));
        Assert.Equal(covariance / varianceX, tracker.Beta, precision: 10);
        Assert.Equal(covariance / Math.Sqrt(varianceX * varianceY), tracker.Correlation, precision: 10);
    }

    [Fact]
    public void Update_MissingHourOrPairsOfDifferentHours_TakesNoReturn()
    {
        var own = Hand.Walk(900, seed: 3, TimeFrame.H1);
        var btc = Hand.Walk(900, seed: 4, TimeFrame.H1);
        var tracker = new BetaTracker();
        for (var i = 0; i < 722; i++)
        {
            if (i == 300) continue;                      // both hours missing: two returns fewer
            tracker.Update(own[i], btc[i]);
            tracker.Update(own[i], btc[i + 1]);          // not a pair
            tracker.Update(own[i], btc[i]);              // the same again
        }

        Assert.True(double.IsNaN(tracker.Beta));         // 719 returns
        tracker.Update(own[722], btc[722]);
        Assert.False(double.IsNaN(tracker.Beta));
    }

    [Fact]
    public void Update_BtcThatDoesNotMove_HasNoBeta()
    {
        var tracker = new BetaTracker();
        var own = Hand.Walk(800, seed: 6, TimeFrame.H1);
        for (var i = 0; i < own.Length; i++) tracker.Update(own[i], Bar(i, 100));

        Assert.False(double.IsFinite(tracker.Beta));
        Assert.False(double.IsFinite(tracker.Correlation));
    }

    [Fact]
    public void Carry_CutAnywhere_GoesOnBitIdentically()
    {
        var btc = Hand.Walk(1600, seed: 8, TimeFrame.H1);
        Hand.GoesOnAfterRestoring(
            () => new BetaTracker(),
            (tracker, bar) =>
            {
                tracker.Update(bar, btc[bar.OpenTimeMs / TimeFrame.H1.Ms()]);
                return (tracker.Beta, tracker.Correlation);
            },
            Hand.Walk(1600, seed: 7, TimeFrame.H1));
    }

    private static double[] Returns(Candle[] bars) =>
        [.. Enumerable.Range(bars.Length - 720, 720).Select(i => (bars[i].Close / bars[i - 1].Close) - 1)];

    private static Candle Bar(int hour, double close) => Hand.Bar(hour, close, close, close, close, frame: TimeFrame.H1);
}
