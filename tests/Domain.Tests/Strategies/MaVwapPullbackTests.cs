using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Strategies;

public sealed class MaVwapPullbackTests
{
    private const double LegLow = 226;
    private const double LegHigh = 240;

    private static readonly MaVwapPullback Strategy = new(MaVwapPullbackOptions.Default);

    /// <summary>A long rise, a dip to 226, a leg to 240, and a retracement to EMA20 that closes up again, at 12:00 UTC.</summary>
    private static Scenario Pullback => new Scenario
    {
        H4 =
        [
            Scenario.Bar(229, 230, LegLow, 228),
            Scenario.Bar(229.5, 232, 229, 231),
            Scenario.Bar(231, 233.5, 230.2, 232.5),
            Scenario.Bar(232.5, 235, 231.7, 234),
            Scenario.Bar(234, 236.5, 233.2, 235.5),
            Scenario.Bar(235.5, 238, 234.7, 237),
            Scenario.Bar(237, LegHigh, 236.2, 238.5),
            Scenario.Bar(238, 238.5, 235.5, 236.5),
            Scenario.Bar(236.5, 237, 234, 235),
            Scenario.Bar(232.8, 234.5, 231.5, 234, volume: 130),
        ],
    }.WithTrend(Side.Long);

    [Fact]
    public void Retracement_ToTheAverageInATrend_FiresLong()
    {
        var asked = Pullback.Ask(Strategy);

        var setup = asked.Fired(Side.Long);
        Assert.Equal(EntryCategory.Pullback, setup.Category);
        Assert.Equal(2.5, setup.Base);
        Assert.Equal(TimeFrame.H4, setup.Frame);
        Assert.Equal(LegLow - (0.1 * asked.View.H4.Now.Atr), setup.StopAnchor, 12);
        Assert.Equal(1.3, setup.VolumeRatio, 12);
        Assert.Equal(1.2, setup.VolumeThreshold, 12);
        Assert.Single(asked.Log.Fired);
    }

    [Fact]
    public void Retracement_Mirrored_FiresShort()
    {
        var asked = Pullback.Mirrored(300).Ask(Strategy);

        Assert.Equal(600 - LegLow + (0.1 * asked.View.H4.Now.Atr), asked.Fired(Side.Short).StopAnchor, 12);
        Assert.Single(asked.Log.Fired);
    }

    [Fact]
    public void Regime_WithoutHistory_SaysNo()
    {
        var asked = (Pullback with { H4 = [.. Pullback.H4.Skip(120)] }).Ask(Strategy);   // fewer than 200 bars: undecided

        Assert.Equal("regime: trend with the side", asked.No(Side.Long).Name);
    }

    [Fact]
    public void Adx_TooLow_SaysNo() => Says(new() { AdxMin = 101 }, Pullback, "ADX 14", 101);

    [Fact]
    public void Close_FarFromTheAverage_IsALateTrend() =>
        Says(new() { LateTrendAtr = 0.5 }, Pullback, "distance from EMA20, ATR", 0.5);

    [Fact]
    public void Retracement_TooShallow_SaysNo()
    {
        var no = Says(new() { ZoneAtr = 10 }, Pullback.ChangeH4(0, bar => bar with { Low = 235.2, Open = 235.3, Close = 235.4, High = 236 }), "retracement of the leg", 0.382);

        Assert.Equal((LegHigh - 235.2) / (LegHigh - LegLow), no.Value, 12);
    }

    [Fact]
    public void Retracement_TooDeep_SaysNo()
    {
        var no = Says(new() { ZoneAtr = 10 }, Pullback.ChangeH4(0, bar => bar with { Low = 231 }), "retracement of the leg, at most", 0.618);

        Assert.Equal((LegHigh - 231) / (LegHigh - LegLow), no.Value, 12);
    }

    [Fact]
    public void Low_FarFromTheAverage_SaysNo() =>
        Says(new(), Pullback.ChangeH4(0, bar => bar with { Low = 233.5, Open = 233.6 }), "distance to EMA20 or daily VWAP, ATR", 0.3);

    [Fact]
    public void Close_BelowTheAverage_SaysNo() =>
        Says(new(), Pullback.ChangeH4(0, bar => bar with { Low = 231.4, Open = 230.5, Close = 230.8 }), "close beyond EMA20, price", 0);

    [Fact]
    public void Close_BelowTheOpen_SaysNo() =>
        Says(new(), Pullback.ChangeH4(0, bar => bar with { Open = 234.2 }), "close beyond the open, price", 0);

    [Theory]
    // The bar opens 4 h before the close: 08:00 takes the full threshold, 04:00 the Asian 0.6, 20:00 the late 0.8.
    [InlineData(0, 119, 1.2, false)]
    [InlineData(0, 121, 1.2, true)]
    [InlineData(-4, 71, 0.72, false)]
    [InlineData(-4, 73, 0.72, true)]
    [InlineData(12, 95, 0.96, false)]
    [InlineData(12, 97, 0.96, true)]
    public void Volume_BySession_HasItsOwnThreshold(int hoursLater, double volume, double threshold, bool fires)
    {
        var scenario = Pullback.ChangeH4(0, bar => bar with { Volume = volume }) with { CloseMs = Scenario.EndMs + (hoursLater * TimeFrame.H1.Ms()) };
        var asked = scenario.Ask(Strategy);

        Assert.Equal(fires, asked.Status(Side.Long) == DecisionStatus.Fired);
        Assert.Equal(threshold, asked.Predicates(Side.Long).Single(p => p.Name == "volume, × mean 20").Threshold, 12);
    }

    [Fact]
    public void Leg_WithoutASwingLowBeforeItsHigh_DoesNotExist()
    {
        var asked = Pullback.ChangeH4(9, bar => bar with { Low = 229.4, Close = 229.6 }).Ask(Strategy);

        Assert.Equal("impulse leg", asked.No(Side.Long).Name);
    }

    [Fact]
    public void Leg_OfTheSeedProfile_IsTheRangeOfFiftyBars()
    {
        var asked = Pullback.Ask(new MaVwapPullback(MaVwapPullbackOptions.Seed));

        // Fifty bars reach back to the rise: its low there is lower than the dip.
        var lowest = Pullback.H4.TakeLast(50).Min(bar => bar.Low);
        var retrace = asked.Predicates(Side.Long).Single(p => p.Name == "retracement of the leg").Value;
        Assert.Equal((LegHigh - 231.5) / (LegHigh - lowest), retrace, 12);
    }

    [Fact]
    public void Average_StillWarmingUp_MakesItUnavailable()
    {
        var asked = (Pullback with { H4 = [.. Pullback.H4.TakeLast(40)] }).Ask(Strategy);

        Assert.Equal(DecisionStatus.Unavailable, asked.Status(Side.Long));
        Assert.Equal(["EMA50 and ADX"], asked.Missing(Side.Long));
    }

    [Fact]
    public void SameBar_AskedAgain_FiresOnce()
    {
        var before = new FiredSetups();
        Pullback.Ask(Strategy, before).Fired(Side.Long);

        Assert.Equal("first time this setup fires", Pullback.Ask(Strategy, before).No(Side.Long).Name);
    }

    private static Predicate Says(MaVwapPullbackOptions options, Scenario scenario, string name, double threshold)
    {
        var asked = scenario.Ask(new MaVwapPullback(options));
        var no = asked.No(Side.Long);
        Assert.Equal(name, no.Name);
        Assert.Equal(threshold, no.Threshold);
        Assert.Empty(asked.Log.Fired);
        return no;
    }
}
