using System.Text;
using System.Text.Json;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.TestKit;
using FeedCandle = FuturesBot.Engine.Running.FeedCandle;
using Xunit;

namespace FuturesBot.Engine.Tests.Running;

/// <summary>Rules that the exchange changes while a run lasts.</summary>
public sealed class RelistTests
{
    private const int Days = 44;
    private static readonly long LiveMs = GeneratedFeed.StartMs + (36 * TimeFrame.D1.Ms());
    private static readonly GeneratedFeed Market = new(seed: 5, Days, symbols: 4);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Relist_OtherStepsWhileItRuns_PlansFollowThemAndOpenSignalsAndARestartKeepTheirs()
    {
        using var run = new Run();
        await run.Runner.RestoreAsync(Cancel);
        await run.Runner.CatchUpAsync(null, Cancel);
        await run.UntilASignalIsOpenAsync();
        var (cutMs, restartMs) = (run.Runner.NowMs, run.Runner.NowMs + (2 * TimeFrame.D1.Ms()));
        var before = RulesOf(run.Runner);
        var changed = run.Runner.Pipeline.Desks.Select(desk => desk.Listing)
            .Select(listing => listing with { Rules = listing.Rules with { StepSize = listing.Rules.StepSize * 10 } }).ToArray();

        foreach (var listing in changed)
            run.Runner.Post(async () => Assert.Equal(Relisting.Taken, await run.Runner.RelistAsync(listing, Cancel)));
        await run.FollowAsync(restartMs);
        var halfway = RulesOf(run.Runner);
        var stored = await StoredRun.FindListingsAsync(run.Store, Cancel);

        // A new process has the exchange's first list to start from, and the store's to go on with.
        using var again = run.Again(stored!);
        Assert.True(await again.Runner.RestoreAsync(Cancel));
        var restored = RulesOf(again.Runner);
        await again.FollowAsync(Market.EndMs);
        var after = RulesOf(again.Runner);

        Assert.Equal(changed.OrderBy(listing => listing.Symbol), stored!.OrderBy(listing => listing.Symbol));
        Assert.Equal(changed.OrderBy(listing => listing.Symbol), again.Runner.Pipeline.Desks.Select(desk => desk.Listing).OrderBy(listing => listing.Symbol));
        Assert.Equal(halfway, restored);
        foreach (var (id, planned) in before) Assert.Equal(planned.Rules, after[id].Rules);
        AssertNew(halfway.Where(signal => signal.Value.AtMs > cutMs));
        AssertNew(after.Where(signal => signal.Value.AtMs > restartMs));

        var lines = Encoding.UTF8.GetString(again.Ledger.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.GetProperty("kind").GetString() == LedgerKind.Listing).ToArray();
        Assert.Equal(
            changed.Select(listing => (cutMs, listing.Symbol.Name, listing.Rules.StepSize)),
            lines.Select(line => (
                line.GetProperty("time").GetInt64(), line.GetProperty("symbol").GetString()!, line.GetProperty("rules").GetProperty("StepSize").GetDecimal())));
        using var ledger = new MemoryStream(again.Ledger.ToArray());
        Assert.True(LedgerVerifier.Verify(ledger, expectFooter: false).IsWhole);

        void AssertNew(IEnumerable<KeyValuePair<string, Planned>> signals)
        {
            Assert.NotEmpty(signals);
            Assert.All(signals, signal => Assert.Equal(changed.Single(listing => listing.Symbol == signal.Value.Symbol).Rules, signal.Value.Rules));
        }
    }

    [Fact]
    public async Task Relist_OtherTickWhileASignalIsOpen_DrainsWritesNothingAndLaterBeginsAnewOnItsPast()
    {
        using var run = new Run();
        await run.Runner.RestoreAsync(Cancel);
        await run.Runner.CatchUpAsync(null, Cancel);
        await run.UntilASignalIsOpenAsync();
        var busy = run.Runner.Pipeline.Desks.First(desk => desk.Live.Count > 0).Listing;
        var changed = busy with { Rules = busy.Rules with { TickSize = busy.Rules.TickSize / 10 } };
        var open = run.Runner.Pipeline.Desk(busy.Symbol).Live.Count;
        var outcomes = new List<Relisting>();

        // As a session does it: asked again at each look, until it is taken.
        var toMs = run.Runner.NowMs;
        while (outcomes is not [.., Relisting.Anew] && toMs < Market.EndMs)
        {
            run.Runner.Post(async () => outcomes.Add(await run.Runner.RelistAsync(changed, Cancel)));
            await run.FollowAsync(toMs += TimeFrame.H1.Ms());
        }

        Assert.True(open > 0);
        Assert.Equal(Relisting.Draining, outcomes[0]);
        Assert.Equal(Relisting.Anew, outcomes[^1]);
        var desk = run.Runner.Pipeline.Desk(busy.Symbol);
        Assert.Equal((changed, false, false), (desk.Listing, desk.IsDraining, desk.View.Frame(TimeFrame.M15).IsEmpty));   // its past was folded anew
        Assert.Equal([changed.Symbol.Name], Encoding.UTF8.GetString(run.Ledger.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("kind").GetString() == LedgerKind.Listing)
            .Select(line => line.GetProperty("symbol").GetString()!));
    }

    [Fact]
    public async Task SymbolTurns_OneThatLeavesWhileASignalIsOpen_IsDrainedOnceAndBeginsAnewWhenItIsWantedAgain()
    {
        using var run = new Run();
        await run.Runner.RestoreAsync(Cancel);
        await run.Runner.CatchUpAsync(null, Cancel);
        await run.UntilASignalIsOpenAsync();
        var busy = run.Runner.Pipeline.Desks.First(desk => desk.Live.Count > 0).Listing;
        var all = run.Runner.Pipeline.Desks.Select(desk => desk.Listing).ToArray();
        var (everything, without) = (ChangeOf(all), ChangeOf([.. all.Where(listing => listing != busy)], draining: [busy]));

        Assert.Equal([busy.Symbol], SymbolTurns.Of(run.Runner, without).Leaving);   // nothing new is opened from now on
        run.Runner.Post(() => Task.FromResult(run.Runner.TryRetire(busy.Symbol)));
        for (var toMs = run.Runner.NowMs; run.Runner.Pipeline.Desk(busy.Symbol).Live.Count > 0;)
        {
            Assert.True(toMs < Market.EndMs, "what was open did not end");
            AssertTurns(without, leaving: run.Runner.Pipeline.Desk(busy.Symbol).IsDraining ? [] : [busy.Symbol], back: []);
            AssertTurns(everything, leaving: [], back: []);
            await run.FollowAsync(toMs += TimeFrame.M15.Ms());
        }

        AssertTurns(without, leaving: [busy.Symbol], back: []);
        AssertTurns(everything, leaving: [], back: [busy]);
        var outcome = Relisting.Draining;
        run.Runner.Post(async () => outcome = await run.Runner.RelistAsync(busy, Cancel));
        await run.FollowAsync(run.Runner.NowMs + TimeFrame.M15.Ms());

        Assert.Equal((Relisting.Anew, false), (outcome, run.Runner.Pipeline.Desk(busy.Symbol).IsDraining));
        AssertTurns(everything, leaving: [], back: []);

        void AssertTurns(UniverseChange change, Symbol[] leaving, SymbolListing[] back)
        {
            var turns = SymbolTurns.Of(run.Runner, change);
            Assert.Equal(leaving, turns.Leaving);
            Assert.Equal(back, turns.Back);
        }

        static UniverseChange ChangeOf(SymbolListing[] wanted, params SymbolListing[] draining) =>
            new([.. wanted.Select(Of)], [], [.. draining.Select(Of)], [], new Dictionary<Symbol, string>());

        static ExchangeSymbol Of(SymbolListing listing) => new(listing.Symbol, listing.Rules, "PERPETUAL", "COIN", "TRADING", "X", "USDT", 0);
    }

    private static Dictionary<string, Planned> RulesOf(MarketRunner runner) => runner.Signals.Live.Concat(runner.Signals.Ended)
        .Select(record => record.State.Plan)
        .ToDictionary(plan => plan.Id.ToString(), plan => new Planned(plan.Symbol, plan.DecidedAtMs, plan.Rules));

    private sealed record Planned(Symbol Symbol, long AtMs, SymbolRules Rules);

    /// <summary>A run over the generated market, lived through up to where the rules change.</summary>
    private sealed class Run : IDisposable
    {
        private readonly MemoryCandleStore _candles;
        private readonly ManualTime _time = new();

        public Run(Run? before = null, IReadOnlyList<SymbolListing>? listings = null)
        {
            _candles = before?._candles ?? new();
            Store = before?.Store ?? new(_candles);
            Ledger = new();
            before?.Ledger.WriteTo(Ledger);
            var replay = new ReplayFeed(new MemoryCandles(
                [.. Market.Listings.Select((listing, i) => (new SeriesInfo(listing.Symbol, TimeFrame.M15), Bars[i]))]));
            Runner = new(new()
            {
                Identity = new("replay", 0, "", GeneratedFeed.StartMs, GeneratedFeed.StartMs + (34 * TimeFrame.D1.Ms()), LiveMs),
                Options = KernelOptions.Default with { Strategies = StrategiesOptions.Default with { IndicatorVote = new(Enabled: true, new()) } },
                Feed = listings is null ? replay : new Relisted(replay, listings),
                Signals = Store,
                Candles = _candles,
                Ledger = Ledger,
                Effects = new Nobody(),
                Time = _time,
            });
        }

        public MemorySignalStore Store { get; }

        public MemoryStream Ledger { get; }

        public MarketRunner Runner { get; }

        private static Candle[][] Bars { get; } = [.. Market.Listings.Select((_, i) => Market.Bars(i, TimeFrame.M15))];

        /// <summary>As fast as it can: the clock is always where the market ends.</summary>
        public Task FollowAsync(long toMs)
        {
            var clock = new MarketClock(_time, speed: 1e9, Runner.NowMs);
            _time.Advance(TimeSpan.FromSeconds(1));
            return Runner.FollowAsync(clock, new Deaf(), toMs, Cancel);
        }

        public async Task UntilASignalIsOpenAsync()
        {
            while (!Runner.Pipeline.Desks.Any(desk => desk.Live.Count > 0))
            {
                Assert.True(Runner.NowMs < Market.EndMs - (5 * TimeFrame.D1.Ms()), "no signal came");
                await FollowAsync(Runner.NowMs + TimeFrame.H1.Ms());
            }
        }

        /// <summary>The same run in a new process.</summary>
        public Run Again(IReadOnlyList<SymbolListing> listings) => new(this, listings);

        public void Dispose() => Runner.Dispose();
    }

    /// <summary>A feed whose symbols have other rules than its source.</summary>
    private sealed class Relisted(IMarketFeed feed, IReadOnlyList<SymbolListing> listings) : IMarketFeed
    {
        public IReadOnlyList<SymbolListing> Listings => listings;

        public long NextCloseMs => feed.NextCloseMs;

        public void Read(List<FeedCandle> into) => feed.Read(into);

        public RunningCandle? Running(Symbol symbol, long nowMs) => feed.Running(symbol, nowMs);

        public void Carry(StateCarrier carrier) => feed.Carry(carrier);

        public void Dispose() => feed.Dispose();
    }

    private sealed class Deaf : IRunListener
    {
        public void Closed(in FeedCandle candle)
        {
        }

        public void Changed(SignalRecord signal)
        {
        }

        public void Refused(RefusalNote refusal)
        {
        }

        public void Happened(JournalEntry entry)
        {
        }

        public void RegimeChanged(string symbol)
        {
        }
    }

    private sealed class Nobody : IEffectCarrier
    {
        public bool HasDone(StoredEffect effect) => false;

        public Task CarryOutAsync(StoredEffect effect) => Task.CompletedTask;
    }
}
