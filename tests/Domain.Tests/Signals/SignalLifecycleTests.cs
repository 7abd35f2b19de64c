using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using Xunit;
using static FuturesBot.Domain.Tests.Signals.SignalSim;

namespace FuturesBot.Domain.Tests.Signals;

public sealed class SignalLifecycleTests
{
    [Fact]
    public void MarketEntry_NextBar_FillsAtItsOpen()
    {
        var (state, journal) = Run(Plan(), Bar(0, 100.1, 100.5, 99.8, 100.2));

        var open = Assert.IsType<SignalState.Open>(state);
        Assert.Equal(100.1m, open.Position.Entry);
        Assert.Equal(T0, open.Position.EnteredAtMs);
        Assert.Equal(2.1m, open.Position.Risk);
        Assert.Equal(102.2m, open.Position.Target1);
        Assert.Equal(104.3m, open.Position.Target2);
        Assert.Equal([1, 2], journal.Select(e => e.Sequence));
    }

    [Theory]
    [InlineData(100.49, true)]    // R 2.00 → 2.49: +24.5 %
    [InlineData(100.51, false)]   // +25.5 %
    [InlineData(99.51, true)]
    [InlineData(99.49, false)]
    [InlineData(97.00, false)]    // beyond the stop
    public void MarketEntry_OpenFarFromPlan_IsMissed(double open, bool fills)
    {
        var (state, _) = Run(Plan(), Bar(0, open, open + 0.1, open - 0.1, open));

        if (fills) Assert.IsType<SignalState.Open>(state);
        else Assert.Equal(Refusal.Missed, Assert.IsType<SignalState.Refused>(state).Why);
    }

    [Fact]
    public void LimitEntry_Touched_DoesNotFill()
    {
        var (state, _) = Run(Plan(type: EntryType.Limit), Bar(0, 101, 101, 100, 101));

        Assert.IsType<SignalState.PendingEntry>(state);
    }

    [Fact]
    public void LimitEntry_TradedThroughByATick_FillsAtItsPrice()
    {
        var (state, _) = Run(Plan(type: EntryType.Limit), Bar(0, 101, 101, 99.99, 101));

        Assert.Equal(100m, Assert.IsType<SignalState.Open>(state).Position.Entry);
    }

    [Fact]
    public void LimitEntry_BarOpensBeyond_FillsAtItsOwnPriceNotBetter()
    {
        var (state, _) = Run(Plan(type: EntryType.Limit), Bar(0, 99.5, 99.8, 99.4, 99.6));

        Assert.Equal(100m, Assert.IsType<SignalState.Open>(state).Position.Entry);
    }

    [Fact]
    public void LimitEntry_HighBeforeTheFill_IsNoTarget()
    {
        // given a bar that opens high, falls through the limit and closes below the target
        var (state, _) = Run(Plan(type: EntryType.Limit), Bar(0, 102.5, 102.6, 99.9, 101));

        var position = Assert.IsType<SignalState.Open>(state).Position;
        Assert.Equal(101, position.Favourable);   // of that bar only the close surely came after the fill
        Assert.Equal(99.9, position.Adverse);
    }

    [Fact]
    public void LimitEntry_CloseBeyondTheTargetOfTheFillBar_IsATarget()
    {
        var (state, _) = Run(Plan(type: EntryType.Limit), Bar(0, 101, 102.6, 99.9, 102.1));

        Assert.IsType<SignalState.Target1Done>(state);
    }

    [Fact]
    public void LimitEntry_FillBarTouchesTheStop_IsALoss()
    {
        var (state, journal) = Run(Plan(type: EntryType.Limit), Bar(0, 101, 103, 97.9, 102.5));

        var closed = Assert.IsType<SignalState.Closed>(state);
        Assert.Equal((CloseReason.Sl, -1m), (closed.Reason, closed.Result.NetR));
        Assert.Equal(3, journal.Count);
    }

    [Fact]
    public void LimitEntry_ItsBarsPass_Expires()
    {
        var bars = Enumerable.Range(0, 5).Select(i => Bar(i, 101, 102, i == 4 ? 90 : 100.5, 101));

        var (state, _) = Run(Plan(type: EntryType.Limit), bars);

        Assert.Equal(T0 + (4 * Quarter), Assert.IsType<SignalState.Expired>(state).AtMs);
    }

    [Fact]
    public void LimitEntry_LastBarBeforeExpiry_StillFills()
    {
        var bars = Enumerable.Range(0, 4).Select(i => Bar(i, 101, 102, i == 3 ? 99 : 100.5, 101));

        Assert.IsType<SignalState.Open>(Run(Plan(type: EntryType.Limit), bars).State);
    }

    [Theory]
    [InlineData(12, typeof(SignalState.PendingEntry))]
    [InlineData(13, typeof(SignalState.Cancelled))]
    public void PendingEntry_Gap_IsCancelledAboveTwelveBars(int bars, Type expected)
    {
        var plan = Plan(type: EntryType.Limit) with { ExpiryBars = 20 };

        var (state, _) = Run(plan, new SignalInput.GapPassed(T0, T0 + (bars * Quarter)));

        Assert.IsType(expected, state);
    }

    [Fact]
    public void Bar_TouchesStopAndTarget_CountsTheStop()
    {
        var (state, _) = Run(Plan(), Bar(0, 100, 102.5, 98, 102));

        var closed = Assert.IsType<SignalState.Closed>(state);
        Assert.Equal(CloseReason.Sl, closed.Reason);
        Assert.Equal(Outcome.Loss, closed.Result.Outcome);
        Assert.Equal(0, closed.Result.MfeR);   // the high may have come after the stop
        Assert.Equal(-1, closed.Result.MaeR);
    }

    [Fact]
    public void Stop_BarOpensBeyond_FillsAtTheOpen()
    {
        var (state, _) = Run(Plan(), Bar(0, 100, 101, 99, 100), Bar(1, 97, 99, 96, 98));

        var result = Assert.IsType<SignalState.Closed>(state).Result;
        Assert.Equal(97m, result.Exits[0].Price);
        Assert.Equal(-1.5m, result.NetR);
        Assert.Equal(T0 + Quarter, result.ClosedAtMs);
        Assert.Equal(2, result.Bars);
    }

    [Fact]
    public void Target_BarOpensBeyond_FillsAtTheTarget()
    {
        var (_, journal) = Run(Plan(), Bar(0, 100, 101, 99, 100), Bar(1, 103, 103, 102.5, 103));

        var taken = Assert.IsType<SignalEvent.Target1Taken>(journal[^1]);
        Assert.Equal(new ExitFill(T0 + Quarter, 102m, 0.3m, CloseReason.Tp1, 0m, 0m), taken.Exit);
    }

    [Fact]
    public void Target1Taken_ThenPriceReturnsToEntry_ClosesTheRestAtBreakEven()
    {
        var (state, _) = Run(Plan(), Bar(0, 100, 102, 99, 101), Bar(1, 101, 101, 99.5, 100));

        var closed = Assert.IsType<SignalState.Closed>(state);
        Assert.Equal((CloseReason.Be, Outcome.BreakEven, 0.3m),
            (closed.Reason, closed.Result.Outcome, closed.Result.NetR));
    }

    [Fact]
    public void Target1Taken_SameBarFallsBelowEntry_BreakEvenActsFromTheNextBar()
    {
        // given a bar that reaches the target and closes below the entry, but above the stop
        var (state, _) = Run(Plan(), Bar(0, 100, 102, 99, 99.2));

        Assert.Equal(100m, Assert.IsType<SignalState.Target1Done>(state).Position.Stop);
    }

    [Fact]
    public void BothTargets_InOneBar_LeaveTheRunner()
    {
        var (state, _) = Run(Plan(), Bar(0, 100, 104.5, 99, 104));

        var position = Assert.IsType<SignalState.Target2Done>(state).Position;
        Assert.Equal(0.3m, position.Remaining);
        Assert.Equal(104.5, position.TrailExtreme);
        Assert.Equal(103.3m, position.Stop);   // 104.5 − 1.2 · ATR 1, set at the bar's close
    }

    [Fact]
    public void Runner_Trails_OnlyUpwardAndInSteps()
    {
        var (state, journal) = Run(
            Plan(),
            Bar(0, 100, 104.5, 99, 104),            // stop 103.30
            Bar(1, 104, 104.55, 103.9, 104),        // 0.05 < 0.1 ATR: not moved
            Bar(2, 104, 104.60, 103.9, 104, 2),     // a wider ATR would loosen: not moved
            Bar(3, 104, 105, 103.9, 104.9),         // 103.80
            Bar(4, 104.9, 104.9, 103.7, 104));

        Assert.Equal([103.3m, 103.8m], journal.OfType<SignalEvent.StopMoved>().Select(m => m.Stop));
        var closed = Assert.IsType<SignalState.Closed>(state);
        // 0.3 · 1 R + 0.4 · 2 R + 0.3 · 1.9 R
        Assert.Equal((CloseReason.Trail, 1.67m), (closed.Reason, closed.Result.NetR));
        Assert.Equal(2.5, closed.Result.MfeR);
        Assert.Equal(4, closed.Result.MfeBar);
        Assert.Equal(5, closed.Result.Bars);
    }

    [Fact]
    public void Short_MirrorsLong()
    {
        var (state, _) = Run(
            Plan(Side.Short),
            Bar(0, 100, 101, 98, 99),
            Bar(1, 99, 99, 95.5, 96),
            Bar(2, 96, 97, 95.9, 97));

        var closed = Assert.IsType<SignalState.Closed>(state);
        // trail 95.5 + 1.2 = 96.7 → 1.65 R: 0.3 + 0.8 + 0.495
        Assert.Equal((CloseReason.Trail, 1.595m), (closed.Reason, closed.Result.NetR));
        Assert.Equal((2.25, -0.5), (closed.Result.MfeR, closed.Result.MaeR));
    }

    [Fact]
    public void Scalp_Target1_ClosesEverything()
    {
        var (state, _) = Run(Plan(exits: ExitOptions.ActionPriceScalp), Bar(0, 100, 103, 99, 102.5));

        var closed = Assert.IsType<SignalState.Closed>(state);
        Assert.Equal((CloseReason.Tp1, 1m, Outcome.Win),
            (closed.Reason, closed.Result.NetR, closed.Result.Outcome));
        Assert.Equal((1.0, -0.5), (closed.Result.MfeR, closed.Result.MaeR));   // best = its own exit
    }

    [Fact]
    public void SeedActionPrice_Target2_ClosesTheOther70Percent()
    {
        var (state, _) = Run(Plan(exits: ExitOptions.ActionPriceSeed), Bar(0, 100, 104, 99, 104));

        var closed = Assert.IsType<SignalState.Closed>(state);
        Assert.Equal((CloseReason.Tp2, 1.7m), (closed.Reason, closed.Result.NetR));
        Assert.Equal([0.3m, 0.7m], closed.Result.Exits.Select(x => x.Fraction));
    }

    [Theory]
    [InlineData(100.98, true)]    // MFE 0.49 R
    [InlineData(101.00, false)]   // MFE 0.50 R
    public void CoreTimeStop_EightBarsWithoutProgress_ClosesAtTheClose(double high, bool closes)
    {
        var bars = Enumerable.Range(0, 8).Select(i => Bar(i, 100, high, 99, 99.6));

        var (state, _) = Run(Plan(), bars);

        if (!closes)
        {
            Assert.IsType<SignalState.Open>(state);
            return;
        }

        var closed = Assert.IsType<SignalState.Closed>(state);
        Assert.Equal((CloseReason.Time, 8, -0.2m), (closed.Reason, closed.Result.Bars, closed.Result.NetR));
    }

    [Fact]
    public void CoreTimeStop_SevenBars_StaysOpen() =>
        Assert.IsType<SignalState.Open>(
            Run(Plan(), Enumerable.Range(0, 7).Select(i => Bar(i, 100, 100.5, 99, 99.6))).State);

    [Fact]
    public void ActionPriceTimeStop_48HoursAfterTarget1_Closes()
    {
        var bars = Enumerable.Range(0, 400)
            .Select(i => i == 0 ? Bar(0, 100, 102, 99, 101.5) : Bar(i, 101.5, 101.9, 101, 101.5));

        var (state, _) = Run(Plan(exits: ExitOptions.ActionPrice), bars);

        var result = Assert.IsType<SignalState.Closed>(state).Result;
        Assert.Equal(CloseReason.Time, result.Exits[^1].Reason);
        Assert.Equal(T0 + Quarter + (48 * 3_600_000), result.ClosedAtMs);
    }

    [Fact]
    public void ActionPriceTimeStop_168HoursInAll_Closes()
    {
        var bars = Enumerable.Range(0, 700).Select(i => Bar(i, 100, 101, 99, 100));

        var (state, _) = Run(Plan(exits: ExitOptions.ActionPrice), bars);

        Assert.Equal(T0 + (168 * 3_600_000), Assert.IsType<SignalState.Closed>(state).Result.ClosedAtMs);
    }

    [Fact]
    public void TimeStop_PassesInAGap_ClosesAtTheNextOpen()
    {
        var (state, _) = Run(
            Plan(),
            Bar(0, 100, 100.5, 99, 99.6),
            new SignalInput.GapPassed(T0 + Quarter, T0 + (20 * Quarter)),
            Bar(20, 99, 104, 98.5, 99));

        var result = Assert.IsType<SignalState.Closed>(state).Result;
        Assert.Equal((99m, T0 + (20 * Quarter)), (result.Exits[0].Price, result.ClosedAtMs));
    }

    [Fact]
    public void Bar_AfterTheEnd_ChangesNothing()
    {
        var (state, _) = Run(Plan(), Bar(0, 100, 101, 97, 98));

        Assert.Empty(SignalLifecycle.Decide(state, Bar(1, 98, 99, 97, 98)));
    }

    [Theory]
    [InlineData(CommandKind.Close, CloseReason.Manual)]
    [InlineData(CommandKind.Kill, CloseReason.Kill)]
    [InlineData(CommandKind.Settle, CloseReason.Settle)]
    [InlineData(CommandKind.Liquidate, CloseReason.Liq)]
    [InlineData(CommandKind.Deleverage, CloseReason.Adl)]
    public void Command_OnAPosition_ClosesAtItsPrice(CommandKind kind, CloseReason reason)
    {
        var (state, _) = Run(
            Plan(), Bar(0, 100, 101, 99, 100.5), new SignalInput.Command(kind, T0 + Quarter, 101m));

        var closed = Assert.IsType<SignalState.Closed>(state);
        Assert.Equal((reason, 0.5m), (closed.Reason, closed.Result.NetR));
    }

    [Fact]
    public void Command_AheadOfThePrices_WaitsForThem()
    {
        var command = new SignalInput.Command(CommandKind.Close, T0 + Quarter + 1, null);

        var (early, _) = Run(Plan(), Bar(0, 100, 101, 99, 100.5), command);
        var (later, _) = Feed(early, [Bar(1, 100.5, 101, 99, 100.8)]);

        Assert.IsType<SignalState.Open>(early);
        Assert.Equal(100.8m, Assert.IsType<SignalState.Closed>(later).Result.Exits[0].Price);
    }

    [Fact]
    public void Command_OnAPendingEntry_CancelsIt()
    {
        var (state, _) = Run(
            Plan(type: EntryType.Limit), new SignalInput.Command(CommandKind.CancelEntry, T0));

        Assert.Equal(CancelReason.Manual, Assert.IsType<SignalState.Cancelled>(state).Why);
    }

    [Fact]
    public void Refused_ByAGate_KeepsTheReason()
    {
        var plan = Plan();

        var (state, journal) = Feed(
            SignalLifecycle.Create(plan), [new SignalInput.RefusedBy(Refusal.CostTooHigh, T0), Accepted(plan)]);

        Assert.Equal(Refusal.CostTooHigh, Assert.IsType<SignalState.Refused>(state).Why);
        Assert.Single(journal);
    }

    [Fact]
    public void Overlap_OfAKnownInterval_CountsOnlyTheRest()
    {
        var (half, _) = Run(Plan(), new SignalInput.BarClosed(T0, T0 + 60_000, 100, 100.2, 99.9, 100.1));

        var (state, journal) = Feed(half, [Bar(0, 100, 100.5, 99.5, 100)]);

        Assert.Empty(journal);
        Assert.Equal(T0 + Quarter, state.KnownUntilMs);
    }

    [Fact]
    public void Held_BeyondTheBound_TakesTheHoleAsAGap()
    {
        var bars = Enumerable.Range(1, SignalState.WaitingMax + 1).Select(i => Bar(i, 100, 100.5, 99, 100));

        var (state, _) = Run(Plan(exits: ExitOptions.ActionPrice), bars);

        Assert.Equal(T0 + Quarter, Assert.IsType<SignalState.Open>(state).Position.EnteredAtMs);
        Assert.Empty(state.Held);
        Assert.Equal(T0 + ((SignalState.WaitingMax + 2) * Quarter), state.KnownUntilMs);
    }

    [Fact]
    public void Evolve_EventOfAnotherSignal_Throws()
    {
        var (_, journal) = Run(Plan(Side.Short), Bar(0, 100, 101, 99, 100));

        Assert.Throws<ArgumentException>(() => SignalLifecycle.Evolve(SignalLifecycle.Create(Plan()), journal[0]));
    }

    [Fact]
    public void Evolve_ImpossibleTransition_Throws()
    {
        var plan = Plan();
        var wrong = new SignalEvent.StopMoved(99m, StopKind.Trail)
        {
            SignalId = plan.Id,
            Sequence = 1,
            KnownUntilMs = T0,
        };

        Assert.Throws<InvalidOperationException>(
            () => SignalLifecycle.Evolve(SignalLifecycle.Create(plan), wrong));
    }
}
