using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Running;
using Xunit;

namespace FuturesBot.Engine.Tests.Running;

public sealed class SignalBookTests
{
    private const long T0 = 1_767_226_500_000;
    private const long Quarter = 900_000;

    [Fact]
    public void Moved_OneBarFillsAndStops_TheRecordKeepsItsReasonsAndEveryStep()
    {
        var book = new SignalBook();
        var tracker = new SignalTracker(SignalLifecycle.Create(Plan()));
        Tell(book, tracker, new SignalInput.Accepted(T0));
        book.Saved();

        // Market entry at the open, stopped in the same bar: two steps of one input.
        Tell(book, tracker, new SignalInput.BarClosed(T0, T0 + Quarter, 100, 100.5, 97, 97.5));

        var record = Assert.Single(book.Ended);
        Assert.Empty(book.Live);
        Assert.Equal("why", Assert.Single(record.ScoreParts).Name);
        Assert.Equal(
            [typeof(SignalEvent.EntryPlaced), typeof(SignalEvent.EntryFilled), typeof(SignalEvent.Closed)],
            record.Events.Select(happened => happened.GetType()));
        Assert.Equal(2, Assert.Single(book.Unsaved()).Version);
    }

    [Fact]
    public void Restore_WhatWasStored_IsWhatWasThere()
    {
        var book = new SignalBook();
        var tracker = new SignalTracker(SignalLifecycle.Create(Plan()));
        Tell(book, tracker, new SignalInput.Accepted(T0));
        var stored = book.Unsaved();
        book.Saved();

        var again = new SignalBook();
        again.Restore(stored);
        Tell(again, tracker, new SignalInput.BarClosed(T0, T0 + Quarter, 100, 100.5, 99.5, 100));

        var record = Assert.Single(again.Live);
        Assert.Equal(2, record.Events.Count);
        Assert.Equal("why", Assert.Single(record.ScoreParts).Name);
        Assert.True(double.IsNaN(Assert.Single(record.Predicates).Threshold));
        Assert.Equal(2, Assert.Single(again.Unsaved()).Version);
    }

    private static void Tell(SignalBook book, SignalTracker tracker, SignalInput input)
    {
        foreach (var happened in tracker.Take(input)) book.Moved(happened, tracker.State, Begin);
    }

    private static SignalRecord Begin(SignalState state) => new()
    {
        State = state,
        ScoreParts = [new("why", 1, "because")],
        ScoresItself = false,
        Regime = "Trend",
        Predicates = [new("known", 1, Comparison.AtLeast, double.NaN, PredicateOutcome.Unavailable, PredicateRole.Skippable)],
    };

    private static TradePlan Plan() => new()
    {
        Id = SignalId.For(Symbol.Btc, TimeFrame.M15, "Test", Side.Long, T0),
        Symbol = Symbol.Btc,
        Strategy = "Test",
        Side = Side.Long,
        Frame = TimeFrame.M15,
        Category = EntryCategory.Breakout,
        EntryType = EntryType.Market,
        DecidedAtMs = T0,
        SignalPrice = 100m,
        Entry = 100m,
        Stop = 98m,
        Target1 = 102m,
        Target2 = 104m,
        Atr = 1,
        Quantity = 10m,
        Rules = SymbolRules.FromTick(0.01m),
        Exits = ExitOptions.Default,
        Costs = CostRates.None,
        Funding = FundingSchedule.None,
    };
}
