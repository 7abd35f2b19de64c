using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Kernel;

public sealed class EntryHaltTests
{
    [Fact]
    public void Close_EntriesHalted_RefusesOnlyWhatWouldHaveBegun()
    {
        var feed = new GeneratedFeed(seed: 5, days: 42, symbols: 3);
        var (free, halted) = (new Told(), new Told());
        var freeRun = new KernelRun(KernelOptions.Default, feed.Listings, free, context: false);
        var haltedRun = new KernelRun(KernelOptions.Default, feed.Listings, halted, context: false);
        haltedRun.Pipeline.EntriesHalted = true;

        freeRun.FeedAll(feed.Batches());
        haltedRun.FeedAll(feed.Batches());

        Assert.True(free.Begun.Count > 3, $"only {free.Begun.Count} signals");
        Assert.Empty(halted.Begun);
        // The first signal of a run is the first that the halt refuses; afterwards locks and positions differ.
        Assert.Equal(free.Begun[0], halted.Halted[0]);
        Assert.Empty(free.Halted);
    }

    private sealed class Told : IPipelineSink
    {
        public List<(long AtMs, string Symbol, string Strategy)> Begun { get; } = [];

        public List<(long AtMs, string Symbol, string Strategy)> Halted { get; } = [];

        public void Asked(SymbolDesk desk, long closeMs, DecisionLog log)
        {
        }

        public string Decided(DecisionRecord decision)
        {
            var what = (decision.AtMs, decision.Symbol.Name, decision.Kind.Strategy);
            if (decision.Verdict is Verdict.Approved) Begun.Add(what);
            if (decision.Verdict is Verdict.Refused { Why: Refusal.Halted }) Halted.Add(what);
            return "";
        }

        public void Moved(SignalEvent what, SignalState now)
        {
        }
    }
}
