using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using Xunit;
using static FuturesBot.Domain.Tests.Signals.SignalSim;

namespace FuturesBot.Domain.Tests.Signals;

/// <summary>Costs and results against sums done by hand.</summary>
public sealed class SignalAccountTests
{
    // ATR small: slippage is max(tick 0.01, 1 bp of the price).
    private static TradePlan Costly() => Plan() with { Costs = CostRates.Default, Atr = 0.01 };

    [Fact]
    public void WorkedExample_ActionPrice_GivesTheSpecsNumbers()
    {
        // given spec 6.1: entry 100.9, SL 98.2
        var plan = Plan() with { SignalPrice = 100.9m, Entry = 100.9m, Stop = 98.2m };

        var position = Run(plan, Bar(0, 100.9, 101, 100.8, 101)).State.Live!;

        Assert.Equal((2.7m, 103.6m, 106.3m), (position.Risk, position.Target1, position.Target2));
        var fees = Costs.RoundTripFees(CostRates.Default, 100.9m, EntryType.Market);
        Assert.Equal(0.1009m, fees);
        Assert.Equal(0.037m, Math.Round(fees / position.Risk, 3));
    }

    [Fact]
    public void BreakEvenTrade_WithCosts_MatchesTheSumByHand()
    {
        // Entry 100 + slippage 0.01 = 100.01; R0 2.01; TP1 102.02.
        // Stop after TP1: 100.01 · (1 + 0.0005 + 0.0005) + 2 · 0.010001 = 100.130012 → 100.14.
        // It fills at 100.14 − 2 · 0.010014 = 100.119972 → 100.11: slippage 0.03.
        var (state, _) = Run(Costly(), Bar(0, 100, 102.02, 99.5, 101), Bar(1, 101, 101, 99.9, 100));

        var result = Assert.IsType<SignalState.Closed>(state).Result;
        Assert.Equal((100.01m, 2.01m), (result.Entry, result.Risk));
        Assert.Equal([102.02m, 100.11m], result.Exits.Select(x => x.Price));
        // 0.3 · 2.01 + 0.7 · 0.10 = 0.673; slippage 0.01 + 0.7 · 0.03 = 0.031; gross 0.704
        Assert.Equal(Round(0.704m / 2.01m), result.GrossR);
        Assert.Equal(Round(0.031m / 2.01m), result.SlippageR);
        // 100.01 · 0.0005 + 0.3 · 102.02 · 0.0002 + 0.7 · 100.11 · 0.0005 = 0.0911647
        Assert.Equal(Round(0.0911647m / 2.01m), result.FeesR);
        Assert.Equal(0.2895m, Math.Round(result.NetR, 4));
        Assert.Equal(Outcome.BreakEven, result.Outcome);
    }

    [Fact]
    public void StoppedTrade_WithCosts_LosesMoreThanOneR()
    {
        // Entry 100.01, stop 98 fills at 98 − 2 · 0.01 = 97.98: slippage 0.02.
        var (state, _) = Run(Costly(), Bar(0, 100, 100.5, 97.5, 98));

        var result = Assert.IsType<SignalState.Closed>(state).Result;
        Assert.Equal(97.98m, result.Exits[0].Price);
        Assert.Equal(Round(-2.00m / 2.01m), result.GrossR);
        Assert.Equal(Round(0.03m / 2.01m), result.SlippageR);
        Assert.Equal(Round((100.01m + 97.98m) * 0.0005m / 2.01m), result.FeesR);
        Assert.Equal(Outcome.Loss, result.Outcome);
    }

    [Fact]
    public void LimitEntry_PaysTheMakerFeeAndNoSlippage()
    {
        var plan = Costly() with { EntryType = EntryType.Limit };

        var position = Run(plan, Bar(0, 101, 101, 99.9, 100.5)).State.Live!;

        Assert.Equal((100m, 0m, 0.0002m), (position.Entry, position.EntrySlippage, position.EntryFeeRate));
    }

    [Theory]
    [InlineData(Side.Long, 1)]
    [InlineData(Side.Short, -1)]
    public void Funding_AtEachSettlementWhileOpen_IsPaidByTheSideThatOwes(Side side, int sign)
    {
        // given a position from 00:15 to past 16:00 and settlements at 08:00 and 16:00
        var plan = Plan(side, exits: ExitOptions.ActionPrice) with { Funding = FundingSchedule.Default };
        var bars = Enumerable.Range(0, 64).Select(i => Bar(i, 100, 101, 99, 100));

        var (state, journal) = Run(plan, bars);

        var paid = journal.OfType<SignalEvent.FundingPaid>().ToArray();
        Assert.Equal([T0 + (31 * Quarter), T0 + (63 * Quarter)], paid.Select(p => p.AtMs));
        Assert.All(paid, p => Assert.Equal((sign * 0.01m, true), (p.Amount, p.Assumed)));
        Assert.Equal(sign * 0.02m, state.Live!.FundingPaid);
    }

    [Fact]
    public void Funding_WithAKnownRate_IsNotAssumed()
    {
        var bars = Enumerable.Range(0, 32).Select(i => Bar(i, 100, 101, 99, 100) with { FundingRate = -0.0003 });

        var (state, _) = Run(Plan(exits: ExitOptions.ActionPrice), bars);

        Assert.Equal((-0.03m, false), (state.Live!.FundingPaid, state.Live.FundingAssumed));
    }

    [Fact]
    public void Outcome_SmallNet_IsBreakEven()
    {
        var bars = Enumerable.Range(0, 8).Select(i => Bar(i, 100, 100.9, 99, 100.2));

        var result = Assert.IsType<SignalState.Closed>(Run(Plan(), bars).State).Result;

        Assert.Equal((0.1m, Outcome.BreakEven), (result.NetR, result.Outcome));
    }

    [Fact]
    public void BreakEvenStop_AfterTarget2_IsJudgedByItsNet()
    {
        // given an ATR so wide that the trail never passes the break-even stop
        var (state, _) = Run(Plan(), Bar(0, 100, 104, 99, 104, 50), Bar(1, 104, 104, 99, 100, 50));

        var closed = Assert.IsType<SignalState.Closed>(state);
        Assert.Equal((CloseReason.Be, Outcome.Win, 1.1m),
            (closed.Reason, closed.Result.Outcome, closed.Result.NetR));
    }

    private static decimal Round(decimal r) => Math.Round(r, 10);
}
