using FuturesBot.Domain.Reporting;
using Xunit;

namespace FuturesBot.Domain.Tests.Reporting;

public sealed class SharpeTests
{
    [Fact]
    public void Moments_OfASmallSample_MatchHandCalculation()
    {
        // 1, 2, 3, 6: mean 3; deviations −2 −1 0 3; Σ² 14, Σ³ 18, Σ⁴ 98
        var moments = Moments.Of([1, 2, 3, 6]);

        Assert.Equal(3, moments.Mean);
        Assert.Equal(Math.Sqrt(14 / 3.0), moments.StandardDeviation, precision: 14);
        Assert.Equal(4.5 / Math.Pow(3.5, 1.5), moments.Skewness, precision: 14);
        Assert.Equal(24.5 / 12.25, moments.Kurtosis, precision: 14);
    }

    [Fact]
    public void Moments_WithoutSpread_HaveNoShape()
    {
        var moments = Moments.Of([2, 2, 2]);

        Assert.Equal(0, moments.StandardDeviation);
        Assert.Equal(double.NaN, moments.Skewness);
        Assert.Equal(double.NaN, moments.Kurtosis);
        Assert.Equal(double.NaN, Moments.Of([]).Mean);
    }

    [Fact]
    public void SharpeRatio_OfThreeDays_MatchesHandCalculation()
    {
        // 1, −1, 3: mean 1, Σ² = 0 + 4 + 4, s = √(8/2) = 2
        Assert.Equal(0.5, SharpeRatio.PerPeriod([1, -1, 3]), precision: 14);
        Assert.Equal(0.5 * Math.Sqrt(365), SharpeRatio.Annualised([1, -1, 3], 365), precision: 12);
        Assert.Equal(double.NaN, SharpeRatio.PerPeriod([1, 1, 1]));
        Assert.Equal(double.NaN, SharpeRatio.PerPeriod([1]));
    }

    [Fact]
    public void SortinoRatio_CountsOnlyShortfalls()
    {
        // 1, −1, 3, −3: mean 0.5 against target −0.5 → 0.5; shortfalls 0.5² and 2.5² over 4 → √1.625
        Assert.Equal(0.5 / Math.Sqrt(1.625), SortinoRatio.PerPeriod([1, -1, 3, -3], -0.5), precision: 14);
        Assert.Equal(double.NaN, SortinoRatio.PerPeriod([1, 2]));
    }

    [Fact]
    public void ProbabilisticSharpe_AtTheBenchmark_IsEvenOdds() =>
        Assert.Equal(0.5, ProbabilisticSharpe.Of(0.1, 0.1, 250, -0.4, 5), precision: 14);

    [Fact]
    public void ProbabilisticSharpe_NormalReturns_MatchesHandCalculation()
    {
        // SR 0.2 over 101 days, normal: 0.2·10 / √(1 + 0.5·0.04) = 2 / √1.02
        var expected = NormalDistribution.Cdf(2 / Math.Sqrt(1.02));

        Assert.Equal(expected, ProbabilisticSharpe.Of(0.2, 0, 101, 0, 3), precision: 14);
    }

    [Fact]
    public void DeflatedSharpe_OneTrial_IsTheProbabilisticSharpe() =>
        Assert.Equal(
            ProbabilisticSharpe.Of(0.1, 0, 200, -0.5, 6), DeflatedSharpe.Of(0.1, 200, -0.5, 6, trials: 1));

    [Fact]
    public void DeflatedSharpe_MoreTrials_BelievesLess()
    {
        double last = 1;
        foreach (var trials in (int[])[1, 2, 10, 46, 1_000])
        {
            var believed = DeflatedSharpe.Of(0.15, 300, 0, 3, trials);
            Assert.True(believed < last, $"{trials} trials: {believed} after {last}");
            last = believed;
        }
    }

    [Fact]
    public void DeflatedSharpe_WithoutMeasuredVariance_TakesThatOfChance() =>
        Assert.Equal(
            DeflatedSharpe.Of(0.15, 300, 0, 3, 46, trialVariance: 1 / 299.0),
            DeflatedSharpe.Of(0.15, 300, 0, 3, 46));

    [Fact]
    public void ExpectedMaximum_OfTwoAndMore_Grows()
    {
        // Exact for two draws: 1/√π = 0.5642; the approximation of the paper is meant for many.
        Assert.Equal(0, DeflatedSharpe.ExpectedMaximum(1));
        Assert.Equal(0.5642, DeflatedSharpe.ExpectedMaximum(2), tolerance: 0.06);

        // Exact for a thousand draws: 3.2414 (Tippett 1925).
        Assert.Equal(3.2414, DeflatedSharpe.ExpectedMaximum(1_000), tolerance: 0.02);
    }

    [Fact]
    public void MinimumPeriods_NormalReturns_MatchesHandCalculation()
    {
        // SR 0.1: 1 + (1 + 0.5·0.01)·(1.6448536/0.1)²
        var expected = 1 + (1.005 * 16.448536269514722 * 16.448536269514722);
        Assert.Equal(expected, TrackRecordLength.MinimumPeriods(0.1, 0, 3), precision: 9);
        Assert.Equal(double.NaN, TrackRecordLength.MinimumPeriods(-0.1, 0, 3));
    }

    [Fact]
    public void MinimumPeriods_ReachedExactly_GivesTheConfidenceItWasAskedFor()
    {
        var periods = (int)Math.Ceiling(TrackRecordLength.MinimumPeriods(0.08, -1, 7));

        Assert.True(ProbabilisticSharpe.Of(0.08, 0, periods, -1, 7) >= 0.95);
        Assert.True(ProbabilisticSharpe.Of(0.08, 0, periods - 1, -1, 7) < 0.95);
    }

    [Fact]
    public void DailyResults_QuietDays_CountAsZero()
    {
        var trades = new[]
        {
            Trades.One(1m, closedAtMs: Trades.Start + Trades.Hour),
            Trades.One(-0.4m, closedAtMs: Trades.Start + (2 * Trades.Hour)),
            Trades.One(2m, closedAtMs: Trades.Start + (2 * Trades.Day)),
        };

        var days = DailyResults.Of(trades, Trades.Start, Trades.Start + (4 * Trades.Day));

        Assert.Equal([0.6, 0, 2, 0], days);
    }
}
