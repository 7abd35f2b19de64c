using FuturesBot.Domain.Reporting;
using Xunit;

namespace FuturesBot.Domain.Tests.Reporting;

public sealed class BlockBootstrapTests
{
    [Fact]
    public void OfMean_TwiceTheSame_IsBitIdentical()
    {
        double[] results = [.. Trades.Random(500, 0.4, seed: 7).Select(t => (double)t.PnlRNet)];

        Assert.Equal(BlockBootstrap.OfMean(results), BlockBootstrap.OfMean(results));
    }

    [Fact]
    public void OfMean_AllTheSame_IsThatPoint() =>
        Assert.Equal(new Interval(0.5, 0.5), BlockBootstrap.OfMean([0.5, 0.5, 0.5, 0.5, 0.5]));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void OfMean_TooFew_IsUnavailable(int n) =>
        Assert.False(BlockBootstrap.OfMean(new double[n]).IsAvailable);

    [Fact]
    public void OfMean_IndependentTrades_IsAsWideAsTheTextbookSays()
    {
        // 1,000 draws of ±1: half = 1.96·√(1/1000) = 0.062
        var random = new Random(3);
        var results = new double[1_000];
        for (var i = 0; i < results.Length; i++) results[i] = random.Next(2) == 0 ? 1 : -1;

        var interval = BlockBootstrap.OfMean(results);

        Assert.Equal(0.062, (interval.High - interval.Low) / 2, tolerance: 0.008);
        Assert.Equal(results.Average(), (interval.High + interval.Low) / 2, tolerance: 0.008);
    }

    [Fact]
    public void OfMean_TradesThatWinAndLoseInGroups_IsWiderThanIfTheyWereIndependent()
    {
        var random = new Random(4);
        var grouped = new double[1_000];
        for (var i = 0; i < grouped.Length; i += 10) Array.Fill(grouped, random.Next(2) == 0 ? 1 : -1, i, 10);

        var half = (BlockBootstrap.OfMean(grouped).High - BlockBootstrap.OfMean(grouped).Low) / 2;

        Assert.True(half > 2 * 0.062, $"half width was {half}");
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void OfMean_ManySamplesOfOneMarket_HoldsTheTruthAboutAsOftenAsItSays(int seed)
    {
        var random = new Random(seed);
        var held = 0;
        for (var sample = 0; sample < 200; sample++)
        {
            var results = new double[150];
            for (var i = 0; i < results.Length; i++) results[i] = random.NextDouble() < 0.4 ? 1.5 : -1;
            if (BlockBootstrap.OfMean(results).Contains(0)) held++;   // true mean: 0.4·1.5 − 0.6 = 0
        }

        Assert.True(held is >= 178 and <= 199, $"seed {seed}: {held} of 200 intervals held the truth");
    }

    [Theory]
    [InlineData(28, 3)]
    [InlineData(1_000, 10)]
    [InlineData(100_000, 46)]
    public void BlockLength_GrowsWithTheCubeRoot(int n, int length) =>
        Assert.Equal(length, BlockBootstrap.BlockLength(n));
}
