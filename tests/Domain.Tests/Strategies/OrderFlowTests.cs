using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Strategies;

public sealed class OrderFlowTests
{
    private static readonly OrderFlow Strategy = new(OrderFlowOptions.Default);

    private static readonly MarketContext Pressing =
        MarketContext.Unavailable with { DepthImbalanceMedian = 0.3, OpenInterestChange = 0.02, OpenInterestChangeRank = 95 };

    /// <summary>A day and more of quiet bars, then a close just above the point of control with everything pressing up.</summary>
    private static Scenario Buying => Scenario.Quiet(130, range: 2).Then(
        Scenario.Bar(100, 101, 99, 100.1, volume: 200, takerShare: 0.6)) with
    { Context = Pressing };

    [Fact]
    public void Everything_PressingUpAtALevel_FiresLong()
    {
        var asked = Buying.Ask(Strategy);

        var setup = asked.Fired(Side.Long);
        var profile = asked.View.Profile.Current;
        Assert.Equal(EntryCategory.Breakout, setup.Category);   // 1.10 #20
        Assert.Equal(2.5, setup.Base);
        Assert.Equal(2.0, setup.VolumeRatio, 12);
        Assert.Equal(profile.Poc - (0.35 * asked.Atr), setup.StopAnchor, 12);
        Assert.Single(asked.Log.Fired);
    }

    [Fact]
    public void Everything_Mirrored_FiresShort()
    {
        var asked = Buying.Mirrored(100).Ask(Strategy);

        var setup = asked.Fired(Side.Short);
        Assert.Equal(0.35 * asked.Atr, setup.StopAnchor - asked.View.Profile.Current.Poc, 9);
        Assert.Single(asked.Log.Fired);
    }

    [Fact]
    public void Price_FarFromEveryLevel_SaysNo() =>
        Says(Buying.Change(0, bar => bar with { Close = 102.5, High = 102.6 }), "distance from POC, VAH or VAL, ATR", 0.3);

    [Fact]
    public void Volume_Usual_SaysNo() =>
        Says(Buying.Change(0, bar => bar with { Volume = 140, TakerBuyVolume = 84 }), "volume, × mean 20", 1.5, 1.4);

    [Fact]
    public void Book_PressingTooLittle_SaysNo() =>
        Says(Buying with { Context = Pressing with { DepthImbalanceMedian = 0.2 } }, "depth imbalance, 20 s median", 0.25, 0.2);

    [Fact]
    public void Book_PressingTheOtherWay_SaysNo() =>
        Says(Buying with { Context = Pressing with { DepthImbalanceMedian = -0.9 } }, "depth imbalance, 20 s median", 0.25, -0.9);

    [Fact]
    public void Delta_TooSmall_SaysNo() =>
        Says(Buying.Change(0, bar => bar with { TakerBuyVolume = 106 }), "volume delta, share", 0.10, 0.06);

    [Fact]
    public void OpenInterest_NotExceptional_SaysNo() =>
        Says(
            Buying with { Context = Pressing with { OpenInterestChangeRank = 89 } },
            "open interest change, percentile of 200",
            90,
            89);

    [Fact]
    public void Close_NotAboveTheOneBefore_SaysNo() =>
        Says(Buying.Change(0, bar => bar with { Close = 100 }), "close beyond the close before, price", 0, 0);

    [Fact]
    public void Seed_AsksForARareImbalanceAndJump()
    {
        var seed = new OrderFlow(OrderFlowOptions.Seed);

        Assert.Equal(0.6, Says(seed, "depth imbalance, 20 s median", Pressing with { OpenInterestChange = 0.05 }).Threshold);
        Assert.Equal(0.05, Says(seed, "open interest change", Pressing with { DepthImbalanceMedian = 0.6 }).Threshold);
        (Buying with { Context = Pressing with { DepthImbalanceMedian = 0.6, OpenInterestChange = 0.05 } }).Ask(seed).Fired(Side.Long);

        static Predicate Says(OrderFlow strategy, string name, MarketContext context)
        {
            var no = (Buying with { Context = context }).Ask(strategy).No(Side.Long);
            Assert.Equal(name, no.Name);
            return no;
        }
    }

    [Fact]
    public void Input_ThatIsMissing_MakesItUnavailable()
    {
        // 1.10 #2: a field that nobody sets must say so, not be zero.
        Lacks(Buying with { Context = Pressing with { DepthImbalanceMedian = double.NaN } }, "order book");
        Lacks(Buying with { Context = Pressing with { OpenInterestChangeRank = double.NaN } }, "open interest");
        Lacks(Buying.WithoutTakerVolume(), "taker volume");
        Lacks(Buying with { M15 = [.. Buying.M15.Skip(60)] }, "volume profile");

        static void Lacks(Scenario scenario, string input)
        {
            var asked = scenario.Ask(Strategy);
            Assert.Equal(DecisionStatus.Unavailable, asked.Status(Side.Long));
            Assert.Equal([input], asked.Missing(Side.Long));
            Assert.Empty(asked.Log.Fired);
        }
    }

    [Fact]
    public void SameBar_AskedAgain_FiresOnce()
    {
        var before = new FiredSetups();
        Buying.Ask(Strategy, before).Fired(Side.Long);

        Assert.Equal("first time this setup fires", Buying.Ask(Strategy, before).No(Side.Long).Name);
    }

    private static void Says(Scenario scenario, string name, double threshold, double? value = null)
    {
        var asked = scenario.Ask(Strategy);
        var no = asked.No(Side.Long);
        Assert.Equal(name, no.Name);
        Assert.Equal(threshold, no.Threshold);
        if (value is { } expected) Assert.Equal(expected, no.Value, 9);
        Assert.Empty(asked.Log.Fired);
    }
}
