using FuturesBot.Domain.Reporting;
using Xunit;

namespace FuturesBot.Domain.Tests.Reporting;

public sealed class WilsonIntervalTests
{
    [Theory]
    // The earlier author's own figures: Action Price, the same with break-evens as wins, core strategies.
    [InlineData(8, 28, 28.6, 15.3, 47.1)]
    [InlineData(13, 28, 46.4, 29.5, 64.2)]
    [InlineData(116, 221, 52.5, 45.9, 59.0)]
    public void Of_TheEarlierAuthorsResults_GivesTheKnownIntervals(
        int wins, int n, double rate, double low, double high)
    {
        var winRate = WinRate.Of(wins, n);

        Assert.Equal(rate, winRate.Rate!.Value * 100, tolerance: 0.05);
        Assert.Equal(low, winRate.Ci95.Low * 100, tolerance: 0.05);
        Assert.Equal(high, winRate.Ci95.High * 100, tolerance: 0.05);
    }

    [Fact]
    public void Of_OneOfTwo_MatchesHandCalculation()
    {
        // z = 2: centre = (0.5 + 4/4) / (1 + 4/2) = 0.5; half = 2·√(0.25/2 + 4/16) / 3 = 2·√0.375 / 3
        var interval = WilsonInterval.Of(1, 2, z: 2);

        Assert.Equal(0.5 - (2 * Math.Sqrt(0.375) / 3), interval.Low, precision: 14);
        Assert.Equal(0.5 + (2 * Math.Sqrt(0.375) / 3), interval.High, precision: 14);
    }

    [Theory]
    [InlineData(0, 12)]
    [InlineData(12, 12)]
    public void Of_AllOrNothing_StaysInsideZeroAndOne(int wins, int n)
    {
        var interval = WilsonInterval.Of(wins, n);

        Assert.InRange(interval.Low, 0, 1);
        Assert.InRange(interval.High, 0, 1);
        Assert.True(interval.Contains((double)wins / n));
    }

    [Fact]
    public void Of_NoTrade_IsUnavailable() => Assert.False(WilsonInterval.Of(0, 0).IsAvailable);

    [Fact]
    public void Of_MoreWinsThanTrades_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(3, 2));

    [Theory]
    // Spec 1.11: what an observed 80 % needs.
    [InlineData(0.70, 81)]
    [InlineData(0.75, 289)]
    [InlineData(0.78, 1_649)]
    public void TradesNeeded_EightyPercentObserved_MatchesTheKnownCounts(double claimed, int needed) =>
        Assert.Equal(needed, WilsonInterval.TradesNeeded(0.80, claimed));

    [Theory]
    [InlineData(0.8, 0.7)]
    [InlineData(0.6, 0.5)]
    public void TradesNeeded_AnyClaim_IsWhereTheLowerEndPassesIt(double observed, double claimed)
    {
        var needed = WilsonInterval.TradesNeeded(observed, claimed)!.Value;

        // Whole wins only exist at some counts: the nearest such counts on both sides of the border.
        var below = needed - 1 - ((needed - 1) % 10);
        var above = needed + 9 - ((needed + 9) % 10);
        Assert.True(LowerEnd(below) <= claimed, $"n = {below}");
        Assert.True(LowerEnd(above) > claimed, $"n = {above}");
        double LowerEnd(int n) => WilsonInterval.Of((int)Math.Round(n * observed), n).Low;
    }

    [Fact]
    public void TradesNeeded_ClaimAboveWhatWasSeen_HasNoAnswer() =>
        Assert.Null(WilsonInterval.TradesNeeded(0.6, 0.7));

    [Fact]
    public void WinRate_BelowTenTrades_HasNoRateButItsCountAndInterval()
    {
        var winRate = WinRate.Of(6, 9);

        Assert.Null(winRate.Rate);
        Assert.Equal((9, 6), (winRate.N, winRate.Wins));
        Assert.True(winRate.Ci95.IsAvailable);
        Assert.Equal("n = 9, no rate below 10", winRate.ToString());
    }

    [Fact]
    public void WinRate_AsText_CarriesCountAndInterval() =>
        Assert.Equal("28.6 % (8 of 28), 95 % 15.3 – 47.1 %", WinRate.Of(8, 28).ToString());

    [Fact]
    public void WinRate_HasNoDoorThatTakesABareRate()
    {
        // "No bare win rate" is a matter of structure: the only way to one is the two counts.
        Assert.Empty(typeof(WinRate).GetConstructors());
        Assert.DoesNotContain(typeof(WinRate).GetProperties(), p => p.CanWrite);
    }
}
