using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Strategies;

public sealed class LiquiditySweepTests
{
    private const double Level = 99;
    private const double SweepLow = 98.8;
    private const string FadeMode = "fade";
    private const string Continuation = "continuation";

    private static readonly LiquiditySweep Strategy = new(new());

    /// <summary>A swing low at 99, ten quiet bars, a sweep to 98.8 on 2.5 times the volume, and a close back.</summary>
    private static Scenario Fade => Swing(quietAfter: 10).Then(
        Scenario.Bar(99.8, 100.5, SweepLow, 98.9, volume: 250, takerShare: 0.3),
        Scenario.Bar(98.9, 100.5, 98.9, 100, takerShare: 0.7));

    /// <summary>The same sweep, but price stays below and sellers go on.</summary>
    private static Scenario Continue => Swing(quietAfter: 10).Then(
        Scenario.Bar(99.8, 100.5, SweepLow, 98.9, volume: 250, takerShare: 0.3),
        Scenario.Bar(98.9, 99.2, 98.5, 98.6, takerShare: 0.2));

    [Fact]
    public void Fade_CloseBackWithTheFlow_FiresLong()
    {
        var asked = Fade.Ask(Strategy);

        var setup = asked.Fired(Side.Long, FadeMode);
        Assert.Equal(EntryCategory.MeanReversion, setup.Category);
        Assert.Equal(2.5, setup.Base);
        Assert.Equal(100, setup.SignalPrice);
        Assert.Equal(SweepLow - (0.1 * asked.Atr), setup.StopAnchor, 12);
        Assert.Equal(2.5, setup.VolumeRatio, 12);
        Assert.Equal(DecisionStatus.Fired, asked.Status(Side.Long, FadeMode));
        Assert.Single(asked.Log.Fired);
    }

    [Fact]
    public void Fade_Mirrored_FiresShort()
    {
        var asked = Fade.Mirrored(100).Ask(Strategy);

        var setup = asked.Fired(Side.Short, FadeMode);
        Assert.Equal(EntryCategory.MeanReversion, setup.Category);
        Assert.Equal(200 - SweepLow + (0.1 * asked.Atr), setup.StopAnchor, 12);
        Assert.Single(asked.Log.Fired);
    }

    [Fact]
    public void Fade_SweepBarWithoutVolume_SaysNo() =>
        Says(Fade.Change(1, bar => Volume(bar, 120)), "sweep volume, × median 20", 1.2, 1.5, alsoFails: "sweep volume without a book, × median 20");

    [Fact]
    public void Fade_WithoutABook_NeedsTwiceTheVolume()
    {
        var weak = Fade.Change(1, bar => Volume(bar, 180));

        Says(weak, "sweep volume without a book, × median 20", 1.8, 2.0);
        (weak with { Context = Book(0.05) }).Ask(Strategy).Fired(Side.Long, FadeMode);
        Says(weak with { Context = Book(0.04) }, "depth imbalance", 0.04, 0.05);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(-0.3)]
    public void Fade_DepthImbalance_IsOneSignedScale(double imbalance)
    {
        // The earlier bot read −1…+1 as a ratio around 1: every long confirmed, no short ever (1.10 #1).
        var up = (Fade with { Context = Book(imbalance) }).Ask(Strategy);
        var down = (Fade.Mirrored(100) with { Context = Book(imbalance) }).Ask(Strategy);

        Assert.Equal(imbalance > 0, up.Status(Side.Long, FadeMode) == DecisionStatus.Fired);
        Assert.Equal(imbalance < 0, down.Status(Side.Short, FadeMode) == DecisionStatus.Fired);
    }

    [Fact]
    public void Fade_CloseBelowTheLevel_SaysNo() =>
        Says(Fade.Change(0, bar => bar with { Close = 98.95 }), "close back beyond the level, price", -0.05, 0);

    [Fact]
    public void Fade_FlowDoesNotTurn_SaysNo() =>
        Says(Fade.Change(0, bar => Taker(bar, 0.5)), "volume delta flipped", 0, 1);

    [Fact]
    public void Fade_SweepBarBoughtToo_IsNoFlip() =>
        Says(Fade.Change(1, bar => Taker(bar, 0.6)), "volume delta flipped", 0, 1);

    [Theory]
    [InlineData(98.95)]   // 0.05 below: less than 0.1 % and than 0.1 ATR
    [InlineData(98.4)]    // 0.6 below: more than 0.3 ATR and than 0.2 %
    public void Fade_SweepOfAnotherDepth_IsNone(double low)
    {
        var asked = Fade.Change(1, bar => bar with { Low = low, Close = 98.97 }).Ask(Strategy);

        Assert.Equal("swept swing, no further extreme before now", asked.No(Side.Long, FadeMode).Name);
    }

    [Fact]
    public void Fade_SecondLowerLowBeforeNow_IsNone()
    {
        var asked = Swing(quietAfter: 10).Then(
            Scenario.Bar(99.8, 100.5, SweepLow, 98.9, volume: 250, takerShare: 0.3),
            Scenario.Bar(98.9, 100, 98.75, 98.9),
            Scenario.Bar(98.9, 100.5, 98.9, 100, takerShare: 0.7)).Ask(Strategy);

        Assert.Equal("swept swing, no further extreme before now", asked.No(Side.Long, FadeMode).Name);
    }

    [Fact]
    public void Fade_DecidingBarItselfGoesLower_FiresWithTheStopBelowIt()
    {
        // Spec 2.8: a second lower low before t ends the setup; t's own low only moves the stop.
        var asked = Fade.Change(0, bar => bar with { Low = 98.6 }).Ask(Strategy);

        Assert.Equal(98.6 - (0.1 * asked.Atr), asked.Fired(Side.Long, FadeMode).StopAnchor, 12);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(3, false)]   // four bars old
    [InlineData(99, true)]
    [InlineData(100, false)] // 101 bars old
    public void Fade_SwingMustBeFiveToAHundredBarsOld(int quietAfter, bool fires)
    {
        var asked = Swing(quietAfter).Then(
            Scenario.Bar(99.8, 100.5, SweepLow, 98.9, volume: 250, takerShare: 0.3),
            Scenario.Bar(98.9, 100.5, 98.9, 100, takerShare: 0.7)).Ask(Strategy);

        Assert.Equal(fires, asked.Status(Side.Long, FadeMode) == DecisionStatus.Fired);
    }

    [Fact]
    public void Fade_SweepFourBarsBack_IsTooOld()
    {
        var after = Fade.Then(Scenario.Bar(100, 100.5, 99.5, 100, takerShare: 0.7), Scenario.Bar(100, 100.5, 99.5, 100, takerShare: 0.7));

        after.Ask(Strategy).Fired(Side.Long, FadeMode);   // three bars back
        var late = after.Then(Scenario.Bar(100, 100.5, 99.5, 100, takerShare: 0.7)).Ask(Strategy);
        Assert.Equal("swept swing, no further extreme before now", late.No(Side.Long, FadeMode).Name);
    }

    [Fact]
    public void Fade_AgainstAStrongTrend_SaysNo()
    {
        Says(Fade.WithTrend(Side.Short, from: 300), "no strong opposite trend", 0, 1);
        Fade.WithTrend(Side.Long).Ask(Strategy).Fired(Side.Long, FadeMode);
    }

    [Fact]
    public void Fade_WithoutTakerVolume_IsUnavailable()
    {
        var asked = Fade.WithoutTakerVolume().Ask(Strategy);

        Assert.Equal(DecisionStatus.Unavailable, asked.Status(Side.Long, FadeMode));
        Assert.Equal(["taker volume"], asked.Missing(Side.Long, FadeMode));
    }

    [Fact]
    public void Fade_SameSweepAgain_FiresOnce()
    {
        var before = new FiredSetups();
        Fade.Ask(Strategy, before).Fired(Side.Long, FadeMode);
        var next = Fade.Then(Scenario.Bar(100, 100.5, 99.5, 100, takerShare: 0.7)) with { CloseMs = Scenario.EndMs + TimeFrame.M15.Ms() };

        Assert.Equal("first time this setup fires", next.Ask(Strategy, before).No(Side.Long, FadeMode).Name);
    }

    [Fact]
    public void Continuation_StaysBelowWithTheFlow_FiresShort()
    {
        var asked = Continue.Ask(Strategy);

        var setup = asked.Fired(Side.Short, Continuation);
        Assert.Equal(EntryCategory.Breakout, setup.Category);   // 1.10 #20: never mean reversion
        Assert.Equal(2.0, setup.Base);
        Assert.Equal(98.6, setup.SignalPrice);
        Assert.Equal(Level + (0.35 * asked.Atr), setup.StopAnchor, 12);
        Assert.Single(asked.Log.Fired);
    }

    [Fact]
    public void Continuation_Mirrored_FiresLong()
    {
        var asked = Continue.Mirrored(100).Ask(Strategy);

        Assert.Equal(200 - Level - (0.35 * asked.Atr), asked.Fired(Side.Long, Continuation).StopAnchor, 12);
    }

    [Fact]
    public void Continuation_NeitherFlowNorInterest_SaysNo()
    {
        var silent = Continue.Change(0, bar => Taker(bar, 0.5)).Change(1, bar => Taker(bar, 0.5));

        Assert.Equal("volume delta or open interest confirms", silent.Ask(Strategy).No(Side.Short, Continuation).Name);
        (silent with { Context = Interest(0.01) }).Ask(Strategy).Fired(Side.Short, Continuation);
    }

    [Fact]
    public void Continuation_WithoutTakerVolume_StandsOnOpenInterest()
    {
        var silent = Continue.WithoutTakerVolume();

        Assert.Equal(["taker volume or open interest"], silent.Ask(Strategy).Missing(Side.Short, Continuation));
        Assert.Equal(DecisionStatus.Unavailable, silent.Ask(Strategy).Status(Side.Short, Continuation));
        (silent with { Context = Interest(0.02) }).Ask(Strategy).Fired(Side.Short, Continuation);
    }

    [Fact]
    public void Continuation_ACloseBackAboveTheLevel_SaysNo()
    {
        var asked = Swing(quietAfter: 10).Then(
            Scenario.Bar(99.8, 100.5, SweepLow, 98.9, volume: 250, takerShare: 0.3),
            Scenario.Bar(98.9, 99.5, 98.8, 99.1, takerShare: 0.2),
            Scenario.Bar(98.9, 99.2, 98.5, 98.6, takerShare: 0.2)).Ask(Strategy);

        Assert.Equal("no close back since the sweep", asked.No(Side.Short, Continuation).Name);
    }

    [Fact]
    public void Continuation_OneShallowClose_SaysNo()
    {
        // The sweep bar closes above the level, the next just below: one close, less than 0.25 ATR.
        var asked = Continue.Change(1, bar => bar with { Close = 99.5 }).Change(0, bar => bar with { Close = 98.9 }).Ask(Strategy);

        Assert.Equal("two of three closes or a clear one beyond", asked.No(Side.Short, Continuation).Name);
    }

    [Fact]
    public void Continuation_SweepWithoutVolume_SaysNo()
    {
        var no = Continue.Change(1, bar => Volume(bar, 140)).Ask(Strategy).No(Side.Short, Continuation);

        Assert.Equal("sweep volume, × median 20", no.Name);
        Assert.Equal(1.4, no.Value, 12);
        Assert.Equal(1.5, no.Threshold);
    }

    [Fact]
    public void Continuation_LaterSweepOfAnotherLowWithoutVolume_DoesNotHideTheFirst()
    {
        // given two swing lows, 98.5 and then 99, swept one after the other; only the first sweep has volume
        var asked = Scenario.Quiet(30).Then(Scenario.Bar(100, 100.5, 98.5, 100))
            .Then([.. Scenario.Quiet(6).M15]).Then(Scenario.Bar(100, 100.5, Level, 100))
            .Then([.. Scenario.Quiet(10).M15]).Then(
                Scenario.Bar(99.8, 100.5, SweepLow, 98.9, volume: 250, takerShare: 0.3),
                Scenario.Bar(98.9, 99.0, 98.3, 98.4, takerShare: 0.2),
                Scenario.Bar(98.4, 98.6, 98.1, 98.2, takerShare: 0.2)).Ask(Strategy);

        // then the first is found: "there is a sweep bar s in [t−3, t−1]"
        Assert.Equal(Level + (0.35 * asked.Atr), asked.Fired(Side.Short, Continuation).StopAnchor, 12);
    }

    [Fact]
    public void BothModes_WithTooFewBars_AreNotReached()
    {
        var asked = Scenario.Quiet(5).Ask(Strategy);

        Assert.Equal(DecisionStatus.NotReached, asked.Status(Side.Long, FadeMode));
        Assert.Equal(DecisionStatus.NotReached, asked.Status(Side.Short, Continuation));
    }

    private static Scenario Swing(int quietAfter) =>
        Scenario.Quiet(40).Then(Scenario.Bar(100, 100.5, Level, 100)).Then([.. Scenario.Quiet(quietAfter).M15]);

    private static void Says(Scenario scenario, string name, double value, double threshold, string? alsoFails = null)
    {
        var asked = scenario.Ask(Strategy);
        var failed = asked.Predicates(Side.Long, FadeMode)
            .Where(p => p.Outcome == PredicateOutcome.Failed && p.Role != PredicateRole.Note).ToArray();
        Assert.Equal(alsoFails is null ? [name] : [name, alsoFails], failed.Select(p => p.Name));
        Assert.Equal(value, failed[0].Value, 9);
        Assert.Equal(threshold, failed[0].Threshold, 9);
        Assert.NotEqual(DecisionStatus.Fired, asked.Status(Side.Long, FadeMode));
    }

    private static Candle Volume(Candle bar, double volume) =>
        bar with { Volume = volume, TakerBuyVolume = bar.TakerBuyVolume / bar.Volume * volume };

    private static Candle Taker(Candle bar, double share) => bar with { TakerBuyVolume = share * bar.Volume };

    private static MarketContext Book(double imbalance) => MarketContext.Unavailable with { DepthImbalance = imbalance };

    private static MarketContext Interest(double change) => MarketContext.Unavailable with { OpenInterestChange = change };
}
