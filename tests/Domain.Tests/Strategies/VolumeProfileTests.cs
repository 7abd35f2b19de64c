using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Strategies;

public sealed class VolumeProfileTests
{
    private const string AcceptMode = "accept";
    private const string RejectMode = "reject";

    private static readonly VolumeProfile Strategy = new(new());

    /// <summary>More than a day between 99 and 101, then one close well above the value area on volume that moves the POC.</summary>
    private static Scenario Accept => Day.Then(
        Scenario.Bar(101.2, 101.7, 101.2, 101.6, volume: 5000, takerShare: 0.7));

    /// <summary>A day with half of its volume in one bin at 100; a close below the value area, sold, and two closes back inside it, bought.</summary>
    private static Scenario Reject => Peaked.Then(
        Scenario.Bar(99.6, 99.8, 98.7, 98.9, takerShare: 0.3),
        Scenario.Bar(98.9, 100.2, 98.9, 100.05, takerShare: 0.7),
        Scenario.Bar(100.05, 100.3, 99.5, 100.1, takerShare: 0.7));

    private static Scenario Day => Scenario.Quiet(130, range: 2);

    private static Scenario Peaked => new()
    {
        M15 = [.. Enumerable.Range(0, 130).Select(i => i % 2 == 0
            ? Scenario.Bar(100, 101, 99, 100)
            : Scenario.Bar(100.02, 100.08, 100.01, 100.05))],   // within one bin
    };

    private static ProfileReading Before => Day.View().Profile.Current;

    [Fact]
    public void Accept_OutsideOnVolume_FiresLong()
    {
        var asked = Accept.Ask(Strategy);

        var setup = asked.Fired(Side.Long, AcceptMode);
        Assert.Equal(EntryCategory.Breakout, setup.Category);   // 1.10 #20
        Assert.Equal(2.0, setup.Base);
        Assert.Equal(50, setup.VolumeRatio, 12);
        Assert.Equal(Before.Vah - (0.35 * asked.Atr), setup.StopAnchor, 9);   // the area before the exit, not the new one
        Assert.Single(asked.Log.Fired);
    }

    [Fact]
    public void Accept_Mirrored_FiresShort()
    {
        var asked = Accept.Mirrored(100).Ask(Strategy);

        var edge = Day.Mirrored(100).View().Profile.Current.Val;
        Assert.Equal(edge + (0.35 * asked.Atr), asked.Fired(Side.Short, AcceptMode).StopAnchor, 9);
        Assert.Single(asked.Log.Fired);
    }

    [Fact]
    public void Accept_OneShallowClose_SaysNo()
    {
        var shallow = Before.Vah + 0.1;
        var asked = Accept.Change(0, bar => bar with { Open = shallow, Low = shallow - 0.05, Close = shallow, High = 101.6 }).Ask(Strategy);

        Assert.Equal("two of three closes or a clear one outside", asked.Predicates(Side.Long, AcceptMode).First(p =>
            p.Outcome == PredicateOutcome.Failed && p.Role == PredicateRole.Mandatory).Name);
        Assert.NotEqual(DecisionStatus.Fired, asked.Status(Side.Long, AcceptMode));
    }

    [Fact]
    public void Accept_SecondCloseOutside_IsHeldAgainstTheAreaBeforeTheFirst()
    {
        // given a first close outside that pulls the rolling area up over itself
        var both = Day.Then(
            Scenario.Bar(101.2, 101.7, 101.2, 101.6, volume: 5000, takerShare: 0.5),
            Scenario.Bar(101.6, 101.7, 101, 101.1, volume: 5000, takerShare: 0.7));
        Assert.True(both.View().Profile.Ago(1).Vah > 101.6);

        // then the second is outside all the same: the area is the one before the first close outside
        var asked = both.Ask(Strategy);
        Assert.Equal(Before.Vah - (0.35 * asked.Atr), asked.Fired(Side.Long, AcceptMode).StopAnchor, 9);
    }

    [Fact]
    public void Accept_VolumeUsual_SaysNo() =>
        SaysNo(Accept, new() { AcceptVolume = 51 }, AcceptMode, "volume, × median 50", 50, 51);

    [Fact]
    public void Accept_PointOfControlStays_SaysNo()
    {
        var no = Accept.Ask(new VolumeProfile(new() { Migration = 2 })).No(Side.Long, AcceptMode);

        Assert.Equal("shift of the point of control, value-area widths", no.Name);
        Assert.InRange(no.Value, 0.1, 2);
    }

    [Fact]
    public void Accept_NeitherFlowNorInterest_SaysNo()
    {
        var silent = Accept.Change(0, bar => bar with { TakerBuyVolume = bar.Volume / 2 });

        Assert.Equal("volume delta or open interest confirms", silent.Ask(Strategy).No(Side.Long, AcceptMode).Name);
        (silent with { Context = Interest(0.01) }).Ask(Strategy).Fired(Side.Long, AcceptMode);
    }

    [Fact]
    public void Accept_CloseBackInside_IsNone()
    {
        var asked = Accept.Then(Scenario.Bar(101.6, 101.6, 100, 100.2, volume: 5000, takerShare: 0.7)).Ask(Strategy);

        Assert.Equal("value area left in the last bars, no close back", asked.No(Side.Long, AcceptMode).Name);
    }

    [Fact]
    public void Accept_WithoutFlowAndInterest_IsUnavailable()
    {
        var blind = Accept.WithoutTakerVolume();

        Assert.Equal(DecisionStatus.Unavailable, blind.Ask(Strategy).Status(Side.Long, AcceptMode));
        Assert.Equal(["taker volume or open interest"], blind.Ask(Strategy).Missing(Side.Long, AcceptMode));
        (blind with { Context = Interest(0.02) }).Ask(Strategy).Fired(Side.Long, AcceptMode);
    }

    [Fact]
    public void BothModes_WithoutADayOfBars_AreUnavailable()
    {
        var asked = (Accept with { M15 = [.. Accept.M15.TakeLast(60)] }).Ask(Strategy);

        Assert.Equal(["volume profile"], asked.Missing(Side.Long, AcceptMode));
        Assert.Equal(["volume profile"], asked.Missing(Side.Short, RejectMode));
    }

    [Fact]
    public void Accept_SameExit_FiresOnce()
    {
        var before = new FiredSetups();
        Accept.Ask(Strategy, before).Fired(Side.Long, AcceptMode);

        Assert.Equal("first time this setup fires", Accept.Ask(Strategy, before).No(Side.Long, AcceptMode).Name);
    }

    [Fact]
    public void Reject_BackInsideWithTheFlow_FiresLong()
    {
        var asked = Reject.Ask(Strategy);

        var setup = asked.Fired(Side.Long, RejectMode);
        Assert.Equal(EntryCategory.MeanReversion, setup.Category);
        Assert.Equal(2.5, setup.Base);
        Assert.Equal(98.7 - (0.1 * asked.Atr), setup.StopAnchor, 12);
        Assert.True(double.IsNaN(setup.VolumeThreshold));   // no volume test of its own
        Assert.Single(asked.Log.Fired);
    }

    [Fact]
    public void Reject_Mirrored_FiresShort()
    {
        var asked = Reject.Mirrored(100).Ask(Strategy);

        Assert.Equal(101.3 + (0.1 * asked.Atr), asked.Fired(Side.Short, RejectMode).StopAnchor, 12);
        Assert.Single(asked.Log.Fired);
    }

    [Fact]
    public void Reject_OnlyOneCloseBack_SaysNo()
    {
        var asked = Reject.Change(1, bar => bar with { Close = 99 }).Ask(Strategy);

        var no = asked.No(Side.Long, RejectMode);
        Assert.Equal("last two closes back inside, price", no.Name);
        Assert.Equal(99 - (Peaked.View().Profile.Current.Val * 0.999), no.Value, 9);
    }

    [Fact]
    public void Reject_ANewLow_IsNone()
    {
        var asked = Reject.Change(0, bar => bar with { Low = 98.6 }).Ask(Strategy);

        Assert.Equal("no new extreme", asked.No(Side.Long, RejectMode).Name);
    }

    [Fact]
    public void Reject_FlowDoesNotTurn_SaysNo() =>
        SaysNo(Reject.Change(2, bar => bar with { TakerBuyVolume = 60 }), new(), RejectMode, "volume delta flipped", 0, 1);

    [Fact]
    public void Reject_BookAgainst_SaysNo()
    {
        SaysNo(Reject with { Context = Book(0.04) }, new(), RejectMode, "depth imbalance", 0.04, 0.05);
        (Reject with { Context = Book(0.05) }).Ask(Strategy).Fired(Side.Long, RejectMode);
    }

    [Fact]
    public void Reject_WithoutABook_SkipsItAndSaysSo()
    {
        var predicates = Reject.Ask(Strategy).Predicates(Side.Long, RejectMode);

        Assert.Equal(PredicateOutcome.Unavailable, predicates.Single(p => p.Name == "depth imbalance").Outcome);
        Assert.Equal(PredicateOutcome.Unavailable, predicates.Single(p => p.Name == "open interest change, size").Outcome);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(-0.02)]
    public void Reject_OpenInterestMoves_SaysNo(double change) =>
        SaysNo(Reject with { Context = Interest(change) }, new(), RejectMode, "open interest change, size", 0.02, 0.02);

    [Fact]
    public void Reject_PointOfControlFollows_SaysNo()
    {
        var no = Reject.Ask(new VolumeProfile(new() { Migration = 0 })).No(Side.Long, RejectMode);

        Assert.Equal("shift of the point of control, value-area widths", no.Name);
    }

    [Fact]
    public void Reject_FiveBarsAfterTheCloseOutside_IsTheLast()
    {
        var calm = Enumerable.Repeat(Scenario.Bar(100, 100.5, 99.5, 100.1, takerShare: 0.7), 3).ToArray();

        Reject.Then(calm).Ask(Strategy).Fired(Side.Long, RejectMode);
        Assert.Equal(
            "close outside the value area in the last bars",
            Reject.Then(calm).Then(calm[0]).Ask(Strategy).No(Side.Long, RejectMode).Name);
    }

    [Fact]
    public void Reject_WithoutTakerVolume_IsUnavailable()
    {
        var asked = Reject.WithoutTakerVolume().Ask(Strategy);

        Assert.Equal(DecisionStatus.Unavailable, asked.Status(Side.Long, RejectMode));
        Assert.Equal(["taker volume"], asked.Missing(Side.Long, RejectMode));
    }

    [Fact]
    public void Reject_SameExit_FiresOnce()
    {
        var before = new FiredSetups();
        Reject.Ask(Strategy, before).Fired(Side.Long, RejectMode);
        var next = Reject.Then(Scenario.Bar(100, 100.5, 99.5, 100.1, takerShare: 0.7)) with { CloseMs = Scenario.EndMs + TimeFrame.M15.Ms() };

        Assert.Equal("first time this setup fires", next.Ask(Strategy, before).No(Side.Long, RejectMode).Name);
    }

    private static void SaysNo(
        Scenario scenario, VolumeProfileOptions options, string mode, string name, double value, double threshold)
    {
        var no = scenario.Ask(new VolumeProfile(options)).No(Side.Long, mode);
        Assert.Equal(name, no.Name);
        Assert.Equal(value, no.Value, 9);
        Assert.Equal(threshold, no.Threshold, 9);
    }

    private static MarketContext Book(double imbalance) => MarketContext.Unavailable with { DepthImbalance = imbalance };

    private static MarketContext Interest(double change) => MarketContext.Unavailable with { OpenInterestChange = change };
}
