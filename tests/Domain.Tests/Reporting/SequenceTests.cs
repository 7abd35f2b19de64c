using FuturesBot.Domain.Reporting;
using Xunit;

namespace FuturesBot.Domain.Tests.Reporting;

public sealed class SequenceTests
{
    [Fact]
    public void EquityCurve_TradesOutOfOrder_AreTakenByClosingTime()
    {
        var trades = Trades.Of(1m, -2m, 0.5m);

        var curve = EquityCurve.Of(EquityCurve.InOrder(trades.Reverse()));

        Assert.Equal([1.0, -1.0, -0.5], curve.Select(p => p.NetR));
        Assert.Equal([0.0, -2.0, -1.5], curve.Select(p => p.DrawdownR));
        Assert.Equal([1.06, -0.88, -0.32], curve.Select(p => p.GrossR));
    }

    [Fact]
    public void EquityCurve_TenThousandTenths_EndsAtAThousand()
    {
        var trades = Enumerable.Range(0, 10_000).Select(i => Trades.One(0.1m, number: i)).ToArray();

        Assert.Equal(1_000.0, EquityCurve.Of(trades)[^1].NetR);
    }

    [Fact]
    public void Drawdown_DownAndUpAgain_MeasuresDepthAndTimeBelowTheHigh()
    {
        // hours 1…5: +1 (high), −1, −2 (deepest −3), +3 (back at the high), −1 until the end of hour 10
        var equity = EquityCurve.Of(Trades.Of(1m, -1m, -2m, 3m, -1m));

        var drawdown = Drawdown.Of(equity, Trades.Start, Trades.Start + (10 * Trades.Hour));

        Assert.Equal(-3, drawdown.DepthR);
        Assert.Equal(Trades.Start + (3 * Trades.Hour), drawdown.TroughMs);
        Assert.Equal(6 * Trades.Hour, drawdown.LongestUnderWaterMs);       // hour 4 to hour 10
        Assert.Equal(0.9, drawdown.UnderWaterShare, precision: 12);        // hours 1–4 and 4–10
    }

    [Fact]
    public void Drawdown_FirstTradeLost_CountsFromTheStart()
    {
        var equity = EquityCurve.Of(Trades.Of(-1m));

        var drawdown = Drawdown.Of(equity, Trades.Start, Trades.Start + (2 * Trades.Hour));

        Assert.Equal(-1, drawdown.DepthR);
        Assert.Equal(2 * Trades.Hour, drawdown.LongestUnderWaterMs);
    }

    [Fact]
    public void Drawdown_NeverBelow_IsZeroWithoutATime() =>
        Assert.Equal(
            new Drawdown(0, null, 0, 0),
            Drawdown.Of(EquityCurve.Of(Trades.Of(1m, 1m)), Trades.Start, Trades.Start + Trades.Day));

    [Fact]
    public void Streaks_BreakEven_EndsARun() =>
        Assert.Equal(
            new Streaks(WinsMax: 2, LossesMax: 3),
            Streaks.Of(Trades.Of(1m, 1m, 0.05m, 1m, -1m, -1m, -1m, 0m, -1m)));

    [Fact]
    public void ProfitFactor_MatchesHandCalculation()
    {
        Assert.Equal(1.5, ProfitFactor.Of([2, -1, 1, -1]));
        Assert.Equal(double.NaN, ProfitFactor.Of([2, 1]));
        Assert.Equal(0, ProfitFactor.Of([-1]));
    }

    [Fact]
    public void Quantiles_BetweenTwoValues_AreInterpolated()
    {
        Assert.Equal(2.5, Quantiles.OfSorted([1, 2, 3, 4], 0.5));
        Assert.Equal(1.3, Quantiles.OfSorted([1, 2, 3, 4], 0.1), precision: 12);
        Assert.Equal(4, Quantiles.OfSorted([1, 2, 3, 4], 1));
        Assert.Equal(double.NaN, Quantiles.OfSorted([], 0.5));
    }

    [Fact]
    public void Excursions_OfTwoTrades_MatchHandCalculation()
    {
        var excursions = Excursions.Of(
        [
            Trades.One(1m) with { MfeR = 2, MaeR = -0.5 },
            Trades.One(-1m) with { MfeR = 1, MaeR = -1.5 },
        ]);

        Assert.Equal(1.5, excursions.EdgeRatio);                 // (2 + 1) / (0.5 + 1.5)
        Assert.Equal(1.5, excursions.MfeR[2]);
        Assert.Equal(-1, excursions.MaeR[2]);
        Assert.All(excursions.WinnersMaeR, q => Assert.Equal(-0.5, q));
        Assert.All(excursions.LosersMfeR, q => Assert.Equal(1, q));
    }
}
