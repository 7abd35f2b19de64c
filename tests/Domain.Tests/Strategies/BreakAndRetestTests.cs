using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Strategies;

public sealed class BreakAndRetestTests
{
    private const double Level = 107.5;

    private static readonly BreakAndRetest Strategy = new(new());

    /// <summary>
    /// A slow rise with a swing high at 107.5, four bars below it, a break on double volume, a bar that
    /// comes back to the level and one that turns up again; the 4h trend is up.
    /// </summary>
    private static Scenario Retest => Rise(60)
        .Then(Scenario.Bar(105.9, Level, 105.5, 106.1))
        .Then([.. Enumerable.Range(61, 4).Select(i => Step(i))])
        .Then(
            Scenario.Bar(106.5, 108.0, 106.4, 107.9, volume: 200),
            Scenario.Bar(107.9, 108.0, 107.4, 107.7),
            Scenario.Bar(107.6, 108.2, 107.5, 108.1))
        .WithTrend(Side.Long);

    [Fact]
    public void Retest_ThatHoldsAndTurns_FiresLong()
    {
        var asked = Retest.Ask(Strategy);

        var setup = asked.Fired(Side.Long);
        Assert.Equal(EntryCategory.Pullback, setup.Category);
        Assert.Equal(2.5, setup.Base);
        Assert.Equal(108.1, setup.SignalPrice);
        Assert.Equal(Level - (0.35 * asked.Atr), setup.StopAnchor, 12);   // the zone's low lies below the retest's
        Assert.True(107.4 > Level - (0.25 * asked.Atr));
        Assert.Single(asked.Log.Fired);
    }

    [Fact]
    public void Retest_Mirrored_FiresShort()
    {
        var asked = Retest.Mirrored(200).Ask(Strategy);

        Assert.Equal(400 - Level + (0.35 * asked.Atr), asked.Fired(Side.Short).StopAnchor, 12);
        Assert.Single(asked.Log.Fired);
    }

    [Fact]
    public void Retest_WithADeeperLow_PutsTheStopBelowIt()
    {
        var asked = Retest.Change(1, bar => bar with { Low = 107.0 }).Ask(Strategy);

        Assert.Equal(107.0 - (0.1 * asked.Atr), asked.Fired(Side.Long).StopAnchor, 12);
    }

    [Fact]
    public void Regime_Undecided_SaysNo()
    {
        var asked = (Retest with { H4 = [.. Retest.H4.TakeLast(150)] }).Ask(Strategy);   // fewer than 200 bars

        Assert.Equal("regime: trend with the side, or squeeze", asked.No(Side.Long).Name);
    }

    [Fact]
    public void Regime_WithoutTheCandleThatWasDue_IsUnavailable()
    {
        var asked = (Retest with { CloseMs = Scenario.EndMs + TimeFrame.M15.Ms() }).Ask(Strategy);
        asked.Fired(Side.Long);   // the 4h candle of 12:00 is the one due

        var late = (Retest with { H4 = [] }).Ask(Strategy);
        Assert.Equal(DecisionStatus.Unavailable, late.Status(Side.Long));
        Assert.Equal(["4h regime"], late.Missing(Side.Long));
    }

    [Fact]
    public void Regime_TrendDown_SaysNoTwice()
    {
        var asked = (Retest with { H4 = [] }).WithTrend(Side.Short, from: 300).Ask(Strategy);

        Assert.Equal(
            ["regime: trend with the side, or squeeze", "4h bias not opposed"],
            asked.Predicates(Side.Long).Where(p => p.Outcome == PredicateOutcome.Failed).Select(p => p.Name));
        Assert.Equal(DecisionStatus.NotMet, asked.Status(Side.Long));
    }

    [Fact]
    public void Adx_TooLow_SaysNo()
    {
        var no = Retest.Ask(new BreakAndRetest(new() { AdxMin = 101 })).No(Side.Long);

        Assert.Equal("ADX 14", no.Name);
        Assert.InRange(no.Value, 20, 100);
        Assert.Equal(101, no.Threshold);
    }

    [Fact]
    public void Break_WithoutVolume_SaysNo()
    {
        var no = Retest.Change(2, bar => bar with { Volume = 140 }).Ask(Strategy).No(Side.Long);

        Assert.Equal("break volume, × mean 20", no.Name);
        Assert.Equal(1.4, no.Value, 12);
        Assert.Equal(1.5, no.Threshold);
    }

    [Fact]
    public void Break_OfLessThanAQuarterAtr_IsNone()
    {
        var asked = Retest.Change(2, bar => bar with { Close = 107.6 }).Change(0, bar => bar with { Close = 107.65, Low = 107.5 }).Ask(Strategy);

        Assert.Equal("confirmed swing broken in the last 20 bars", asked.No(Side.Long).Name);
    }

    [Fact]
    public void Retest_ThatStaysAway_SaysNo()
    {
        var no = Retest.Change(1, bar => bar with { Low = 107.95, Close = 108, High = 108.1, Open = 108 })
            .Change(0, bar => bar with { Open = 107.95, Low = 107.9 }).Ask(Strategy).No(Side.Long);

        Assert.Equal("retest distance, ATR", no.Name);
        Assert.Equal(0.3, no.Threshold);
        Assert.True(no.Value > 0.3);
    }

    [Fact]
    public void Retest_SixBarsBack_IsTooOld()
    {
        var fiveBack = Stay(5);
        var sixBack = Stay(6);

        fiveBack.Ask(Strategy).Fired(Side.Long);
        Assert.Equal("retest distance, ATR", sixBack.Ask(Strategy).No(Side.Long).Name);

        // A retest so many bars back, and nothing near the level since.
        static Scenario Stay(int bars) => (Retest with { M15 = [.. Retest.M15.Take(Retest.M15.Count - 1)] })
            .Then([.. Enumerable.Range(0, bars).Select(i => Scenario.Bar(108.2 + (0.1 * i), 109.2 + (0.1 * i), 108.15, 108.4 + (0.1 * i)))]);
    }

    [Fact]
    public void Retest_ThatClosesBackThrough_SaysNo()
    {
        var no = Retest.Change(1, bar => bar with { Close = 107.1, Low = 107.0 }).Ask(Strategy).No(Side.Long);

        Assert.Equal("worst close since the break, ATR", no.Name);
        Assert.Equal(-0.3, no.Threshold);
    }

    [Fact]
    public void Close_BelowTheLevel_SaysNo()
    {
        var no = Retest.Change(0, bar => bar with { Open = 107.3, Low = 107.2, Close = 107.45 }).Ask(Strategy).No(Side.Long);

        Assert.Equal("close beyond the level, price", no.Name);
        Assert.Equal(-0.05, no.Value, 9);
    }

    [Fact]
    public void Close_BelowTheOpen_SaysNo()
    {
        var no = Retest.Change(0, bar => bar with { Open = 108.15 }).Ask(Strategy).No(Side.Long);

        Assert.Equal("close beyond the open, price", no.Name);
    }

    [Fact]
    public void Swing_KnownOnlyAtTheBreak_IsNoLevel()
    {
        // The swing's second right-hand bar breaks it: it was not confirmed a bar before (spec 2.5).
        var asked = Rise(60)
            .Then(Scenario.Bar(105.9, Level, 105.5, 106.1), Step(61))
            .Then(
                Scenario.Bar(106.5, 107.45, 106.4, 107.4, volume: 200),
                Scenario.Bar(107.9, 108.0, 107.4, 107.7),
                Scenario.Bar(107.6, 108.2, 107.5, 108.1))
            .WithTrend(Side.Long);
        var broken = asked.Change(2, bar => bar with { High = 108, Close = 107.9 }).Ask(Strategy);

        Assert.NotEqual(DecisionStatus.Fired, broken.Status(Side.Long));
    }

    [Fact]
    public void Level_Retested_FiresOnce()
    {
        var before = new FiredSetups();
        Retest.Ask(Strategy, before).Fired(Side.Long);
        var again = Retest.Then(Scenario.Bar(108.1, 108.2, 107.5, 107.7), Scenario.Bar(107.6, 108.2, 107.5, 108.1))
            with
        { CloseMs = Scenario.EndMs + (2 * TimeFrame.M15.Ms()) };

        Assert.Equal("first time this setup fires", again.Ask(Strategy, before).No(Side.Long).Name);
    }

    [Fact]
    public void Vwap_AtTheLevel_AddsHalfAPoint()
    {
        // The daily VWAP over these bars lies far below the level; an option wide enough makes it near.
        Assert.Equal(0, Retest.Ask(Strategy).Fired(Side.Long).OwnParts.Single().Points);
        var near = Retest.Ask(new BreakAndRetest(new() { VwapAtr = 100 })).Fired(Side.Long).OwnParts.Single();
        Assert.Equal(("vwap_at_level", 0.5), (near.Name, near.Points));
    }

    private static Scenario Rise(int bars) => new() { M15 = [.. Enumerable.Range(0, bars).Select(i => Step(i))] };

    private static Candle Step(int i) =>
        Scenario.Bar(99.9 + (0.1 * i), 100.5 + (0.1 * i), 99.5 + (0.1 * i), 100.1 + (0.1 * i));
}
