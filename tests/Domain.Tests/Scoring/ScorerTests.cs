using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Scoring;
using FuturesBot.Domain.Strategies;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Scoring;

public sealed class ScorerTests
{
    private static readonly ScoringOptions Options = ScoringOptions.Default;

    private static Scenario Quiet => Scenario.Quiet(40);

    [Fact]
    public void Rate_WithCandlesAlone_LeavesTheRestUnavailableAndOutOfTheSum()
    {
        var score = Rate(Setup(Side.Long, volume: 2), Quiet.WithoutTakerVolume().View());

        Assert.Equal(
            ["cvd", "open_interest", "depth_imbalance", "h4_bias", "funding", "btc"],
            score.Parts.Where(part => part.IsUnavailable).Select(part => part.Name));
        Assert.Equal(2.5 + 1, score.Total);   // base and volume; UNDECIDED weighs 1
        Assert.Equal((1, 2, 1), (score.FactorsApplied, score.FactorsKnown, score.FactorsNeeded));
    }

    [Theory]
    // k: known factors; confluence is always known, volume needs 21 bars, the rest its own input.
    [InlineData(10, false, false, false, 1, 1)]
    [InlineData(40, false, false, false, 2, 1)]
    [InlineData(40, true, false, false, 3, 2)]
    [InlineData(40, true, true, false, 4, 2)]
    [InlineData(40, true, true, true, 5, 2)]
    public void FactorsNeeded_IsHalfOfWhatIsKnownButAtMostTwo(
        int bars, bool taker, bool book, bool interest, int known, int needed)
    {
        var scenario = (taker ? Scenario.Quiet(bars) : Scenario.Quiet(bars).WithoutTakerVolume()) with
        {
            Context = MarketContext.Unavailable with
            {
                DepthImbalance = book ? 0 : double.NaN,
                OpenInterestChange = interest ? 0 : double.NaN,
            },
        };

        var score = Rate(Setup(Side.Long), scenario.View());

        Assert.Equal((0, known, needed), (score.FactorsApplied, score.FactorsKnown, score.FactorsNeeded));
    }

    [Theory]
    [InlineData(0.7, Side.Long, 1)]
    [InlineData(0.7, Side.Short, 0)]
    [InlineData(0.3, Side.Short, 1)]
    [InlineData(0.54, Side.Long, 0)]   // 8 % of the volume: less than a tenth
    public void Cvd_OverThreeBars_EarnsAPointInItsDirection(double taker, Side side, double points)
    {
        // 1.10 #3: a scalar that is there, not a key nobody sets.
        var bars = Enumerable.Repeat(Scenario.Bar(100, 100.5, 99.5, 100, takerShare: taker), 3).ToArray();

        Assert.Equal(points, Points(Rate(Setup(side), Quiet.Then(bars).View()), "cvd"));
    }

    [Theory]
    [InlineData("BTCUSDT", 0.0099, 0)]
    [InlineData("ETHUSDT", 0.01, 1)]
    [InlineData("ETHUSDT", 0.005, 0)]
    [InlineData("SOLUSDT", 0.005, 1)]
    [InlineData("SOLUSDT", 0.0049, 0)]
    [InlineData("SOLUSDT", 0.03, 1)]
    [InlineData("SOLUSDT", 0.0301, 0)]
    [InlineData("SOLUSDT", -0.02, 0)]
    public void OpenInterest_InsideItsRange_EarnsAPoint(string symbol, double change, double points)
    {
        var view = Quiet.View(symbol: Symbol.Parse(symbol), context: MarketContext.Unavailable with { OpenInterestChange = change });

        Assert.Equal(points, Points(Rate(Setup(Side.Long), view), "open_interest"));
    }

    [Theory]
    [InlineData(0.05, Side.Long, 1)]
    [InlineData(0.049, Side.Long, 0)]
    [InlineData(-0.9, Side.Long, 0)]
    [InlineData(0.9, Side.Short, 0)]
    [InlineData(-0.05, Side.Short, 1)]
    public void DepthImbalance_IsOneSignedScale(double imbalance, Side side, double points)
    {
        var view = Quiet.View(context: MarketContext.Unavailable with { DepthImbalance = imbalance });

        Assert.Equal(points, Points(Rate(Setup(side), view), "depth_imbalance"));
    }

    [Theory]
    [InlineData(2.51, Side.Long, -1)]
    [InlineData(2.5, Side.Long, 0)]
    [InlineData(2.51, Side.Short, 0)]
    [InlineData(-2.51, Side.Short, -1)]
    public void Funding_OfTheCrowdedSide_CostsAPoint(double z, Side side, double points) =>
        Assert.Equal(points, Points(Rate(Setup(side), Quiet.View(context: MarketContext.Unavailable with { FundingZ = z })), "funding"));

    [Fact]
    public void LateTrend_FarFromTheAverage_CostsAPointOnItsSideOnly()
    {
        var view = Quiet.Then(Scenario.Bar(100, 104, 100, 104)).View();

        Assert.Equal(-1, Points(Rate(Setup(Side.Long), view), "late_trend"));
        Assert.Equal(0, Points(Rate(Setup(Side.Short), view), "late_trend"));
        Assert.Equal(0, Points(Rate(Setup(Side.Long), Quiet.View()), "late_trend"));
    }

    [Fact]
    public void H4Bias_ThatAgrees_IsAFactorWithoutPoints()
    {
        var plain = Rate(Setup(Side.Long, volume: 2), Quiet.WithoutTakerVolume().View());
        var up = Rate(Setup(Side.Long, volume: 2), Quiet.WithoutTakerVolume().WithTrend(Side.Long).View(), weights: false);
        var down = Rate(Setup(Side.Long, volume: 2), Quiet.WithoutTakerVolume().WithTrend(Side.Short, from: 300).View(), weights: false);

        Assert.Equal((2, 3), (up.FactorsApplied, up.FactorsKnown));
        Assert.Equal((1, 3), (down.FactorsApplied, down.FactorsKnown));
        Assert.Equal(plain.Total, up.Total);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1.5)]
    [InlineData(3, 3)]
    [InlineData(4, 5)]
    [InlineData(6, 5)]
    public void Confluence_ByStrategiesThatAgree_EarnsItsBonus(int agreeing, double points) =>
        Assert.Equal(points, Points(Scorer.Rate(Setup(Side.Long), Quiet.View(), BtcReading.Unavailable, agreeing, Options), "confluence"));

    [Theory]
    [InlineData(MarketRegime.Trend, "BreakAndRetest", EntryCategory.Pullback, 1.5)]
    [InlineData(MarketRegime.Trend, "MaVwapPullback", EntryCategory.Pullback, 1.3)]
    [InlineData(MarketRegime.Trend, "OrderFlow", EntryCategory.Breakout, 1.0)]
    [InlineData(MarketRegime.Trend, "LiquiditySweep", EntryCategory.MeanReversion, 0.9)]
    [InlineData(MarketRegime.Trend, "VolumeProfile", EntryCategory.Breakout, 0.8)]
    [InlineData(MarketRegime.Range, "VolumeProfile", EntryCategory.MeanReversion, 1.5)]
    [InlineData(MarketRegime.Range, "LiquiditySweep", EntryCategory.MeanReversion, 1.3)]
    [InlineData(MarketRegime.Range, "MaVwapPullback", EntryCategory.Pullback, 0.9)]
    [InlineData(MarketRegime.Range, "BreakAndRetest", EntryCategory.Pullback, 0.8)]
    [InlineData(MarketRegime.Range, "OrderFlow", EntryCategory.Breakout, 1.0)]
    [InlineData(MarketRegime.Squeeze, "OrderFlow", EntryCategory.Breakout, 1.5)]
    [InlineData(MarketRegime.Squeeze, "BreakAndRetest", EntryCategory.Pullback, 1.2)]
    [InlineData(MarketRegime.Squeeze, "VolumeProfile", EntryCategory.Breakout, 1.0)]
    [InlineData(MarketRegime.Chop, "OrderFlow", EntryCategory.Breakout, 0.8)]
    [InlineData(MarketRegime.Chop, "BreakAndRetest", EntryCategory.Pullback, 0.8)]
    [InlineData(MarketRegime.Chop, "LiquiditySweep", EntryCategory.MeanReversion, 1.0)]
    [InlineData(MarketRegime.Undecided, "BreakAndRetest", EntryCategory.Pullback, 1.0)]
    public void RegimeWeight_ByStrategy_IsThatOfTheTable(MarketRegime regime, string strategy, EntryCategory category, double weight) =>
        Assert.Equal(weight, RegimeWeights.Of(regime, strategy, category));

    [Fact]
    public void RegimeWeight_MultipliesTheBaseAlone()
    {
        var view = Quiet.WithoutTakerVolume().WithTrend(Side.Long).View();

        Assert.Equal((2.5 * 0.9) + 1, Rate(Setup(Side.Long, volume: 2), view).Total, 12);
        Assert.Equal(2.5 + 1, Scorer.Rate(Setup(Side.Long, volume: 2), view, BtcReading.Unavailable, 1, ScoringOptions.Seed).Total, 12);
    }

    [Theory]
    // Before 30 days beta is 1: the limit is 0.3 %.
    [InlineData(Side.Long, -0.003, -2)]
    [InlineData(Side.Long, -0.0029, 0)]
    [InlineData(Side.Long, 0.02, 0)]
    [InlineData(Side.Short, 0.003, -2)]
    [InlineData(Side.Short, -0.02, 0)]
    public void Btc_MovingAgainst_CostsTwoPoints(Side side, double change, double points) =>
        Assert.Equal(points, Points(Rate(Setup(side), Quiet.View(), change), "btc"));

    [Theory]
    [InlineData(1.5, -0.0020, -2)]   // 0.3 % / 1.5
    [InlineData(1.5, -0.0019, 0)]
    [InlineData(3.0, -0.0015, -2)]   // clamped to 2
    [InlineData(3.0, -0.0014, 0)]
    [InlineData(0.2, -0.0060, -2)]   // clamped to 0.5
    [InlineData(0.2, -0.0059, 0)]
    public void Btc_Limit_IsDividedByBeta(double beta, double change, double points)
    {
        var view = Quiet.View(prepare: analysis => FeedBeta(analysis, (btc, _) => beta * btc));

        Assert.Equal(beta, view.Beta.Beta, 6);
        Assert.Equal(points, Points(Rate(Setup(Side.Long), view, change), "btc"));
    }

    [Fact]
    public void Btc_OfASymbolThatGoesItsOwnWay_IsNotApplied()
    {
        var view = Quiet.View(prepare: analysis => FeedBeta(analysis, (_, own) => own));

        Assert.InRange(view.Beta.Correlation, -0.3, 0.3);
        var part = Rate(Setup(Side.Long), view, -0.05).Parts.Single(p => p.Name == "btc");
        Assert.Equal(0, part.Points);
        Assert.Contains("not applicable", part.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Btc_OnBtcItself_IsNotApplied() =>
        Assert.Equal(0, Points(Rate(Setup(Side.Long), Quiet.View(symbol: Symbol.Btc), -0.05), "btc"));

    private static void FeedBeta(SymbolAnalysis analysis, Func<double, double, double> returnOf)
    {
        var random = new Random(3);
        var (own, btc) = (100.0, 100.0);
        for (var i = 0; i <= BetaTracker.Periods + 1; i++)
        {
            var move = (random.NextDouble() - 0.5) / 100;
            btc *= 1 + move;
            own *= 1 + returnOf(move, (random.NextDouble() - 0.5) / 100);
            var open = i * TimeFrame.H1.Ms();
            analysis.Beta.Update(new(open, own, own, own, own, 1), new Candle(open, btc, btc, btc, btc, 1));
        }
    }

    private static Score Rate(Setup setup, MarketView view, double btcChange = double.NaN, bool weights = true) => Scorer.Rate(
        setup, view, new(btcChange, BlocksMeanReversion: false, Bias.Neutral), agreeing: 1, Options with { RegimeWeights = weights });

    private static double Points(Score score, string part) => score.Parts.Single(p => p.Name == part).Points;

    private static Setup Setup(Side side, double volume = double.NaN) => new()
    {
        Kind = new(LiquiditySweep.CatalogName, "fade", side),
        Key = default,
        Frame = TimeFrame.M15,
        Category = EntryCategory.MeanReversion,
        SignalPrice = 100,
        StopAnchor = 99,
        Atr = 1,
        Base = 2.5,
        VolumeRatio = volume,
        VolumeThreshold = double.IsNaN(volume) ? double.NaN : 1.5,
    };
}
