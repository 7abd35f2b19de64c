using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Recording;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.TestKit;
using FeedCandle = FuturesBot.Engine.Running.FeedCandle;
using Xunit;

namespace FuturesBot.Engine.Tests.Sharding;

/// <summary>A second kernel over the same batches comes to the same ledger, wherever it begins, and leaves no trace.</summary>
public sealed class FollowerTests
{
    private const int Days = 40;
    private static readonly long DecideMs = GeneratedFeed.StartMs + (36 * TimeFrame.D1.Ms());
    private static readonly GeneratedFeed Market = new(seed: 5, Days, symbols: 3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_TheBatchesOfTheShard_EndsWithTheSameHashFromTheBeginningAndFromTheMiddle()
    {
        using var shard = new Shard();
        using var first = shard.NewFollower();
        await first.OpenAsync(Cancel);
        var batches = shard.Batches.ToArray();
        foreach (var batch in batches[..(batches.Length / 2)]) await shard.TakeAsync(batch, first);
        using var later = shard.NewFollower();
        await later.OpenAsync(Cancel);
        foreach (var batch in batches[(batches.Length / 2)..])
        {
            await shard.TakeAsync(batch, first, later);
            Assert.Equal(FollowerVerdict.Agrees, later.Compare(shard.Said));
        }

        Assert.True(shard.Runner.Runner!.Signals.EndedCount > 0, "no signal came and went");
        Assert.True(later.Number == shard.Said.Number && first.Number == later.Number);
        Assert.Equal(FollowerVerdict.Agrees, first.Compare(shard.Said));
        Assert.Equal(FollowerVerdict.Differs, first.Compare(shard.Said with { Note = new string('0', 64) }));
        Assert.Equal(FollowerVerdict.Unknown, first.Compare(shard.Said with { Number = shard.Said.Number + 1 }));
        Assert.Equal(FollowerVerdict.Unknown, first.Compare(shard.Said with { Note = "" }));
    }

    [Fact]
    public async Task Take_AfterAFailure_BeginsFromWhatIsCommittedAndTellsOfItsNewKernel()
    {
        using var shard = new Shard();
        using var follower = shard.NewFollower();
        var kernels = new List<MarketRunner?>();
        follower.Replaced = kernel =>
        {
            kernels.Add(kernel);
            return Task.CompletedTask;
        };
        await follower.OpenAsync(Cancel);
        var batches = shard.Batches.Take(40).ToArray();
        foreach (var batch in batches[..20]) await shard.TakeAsync(batch, follower);

        await Assert.ThrowsAsync<InvalidDataException>(() => follower.TakeAsync(batches[20] with { Shard = "other" }, Cancel));
        Assert.Null(follower.Runner);
        foreach (var batch in batches[20..]) await shard.TakeAsync(batch, follower);

        Assert.Equal(FollowerVerdict.Agrees, follower.Compare(shard.Said));
        Assert.Equal(3, kernels.Count);
        Assert.Null(kernels[1]);   // whoever has the first is asked to let it go
        Assert.Same(kernels[2], follower.Runner);
    }

    [Fact]
    public async Task Restart_WhoeverShowsTheKernelLetsItGo_NothingHoldsItWhileTheStateIsRead()
    {
        using var shard = new Shard();
        using var follower = shard.NewFollower();
        MarketRunner? shown = null;
        follower.Replaced = kernel =>
        {
            shown = kernel;
            return Task.CompletedTask;
        };
        await follower.OpenAsync(Cancel);
        foreach (var batch in shard.Batches.Take(20).ToArray()) await shard.TakeAsync(batch, follower);
        var (runner, pipeline) = Watched(follower);

        var held = new List<bool>();
        shard.Committed.Read = () =>
        {
            GC.Collect();
            held.Add(runner.IsAlive || pipeline.IsAlive);
        };
        await follower.RestartAsync(Cancel);

        Assert.Equal([false, false], held);   // at the first mark, and at the one that is compared with it
        Assert.Same(shown, follower.Runner);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static (WeakReference Runner, WeakReference Pipeline) Watched(Follower of) => (new(of.Runner), new(of.Runner!.Pipeline));
    }

    [Fact]
    public async Task Restart_AfterTheKernelWasFoldedAnewFromCandles_AgreesWithItAgain()
    {
        using var shard = new Shard();
        using var follower = shard.NewFollower();
        await follower.OpenAsync(Cancel);
        var batches = shard.Batches.Take(60).ToArray();
        foreach (var batch in batches[..20]) await shard.TakeAsync(batch, follower);

        shard.LoseTheKernel();
        foreach (var batch in batches[20..40]) await shard.TakeAsync(batch, follower);
        Assert.Equal(FollowerVerdict.Differs, follower.Compare(shard.Said));   // the ledger has a line of it
        var said = shard.Said;
        await follower.RestartAsync(Cancel);
        await follower.CatchUpAsync(Cancel);

        Assert.Equal(FollowerVerdict.Agrees, follower.Compare(said));
        Assert.Equal(FollowerVerdict.Unknown, follower.Compare(said with { Number = 1 }));   // what it came to before is forgotten
        foreach (var batch in batches[40..])
        {
            await shard.TakeAsync(batch, follower);
            Assert.Equal(FollowerVerdict.Agrees, follower.Compare(shard.Said));
        }
    }

    /// <summary>
    /// A symbol comes in at the end of four hours whose candles the exchange does not call closed yet: the quarter comes with the next one, the
    /// four hours with the next four. The follower folds its past before they are stored, the kernel when they are: both must fold the same.
    /// </summary>
    [Fact]
    public async Task Take_ASymbolWhoseLastCandlesAreStoredLate_FoldsTheSamePastSoonAndLate()
    {
        var listedMs = DecideMs + TimeFrame.H4.Ms();
        var newcomer = Market.Listings[2];
        using var shard = new Shard(listed: 2, depth: LedgerDepth.Full);
        using var soon = shard.NewFollower();
        await soon.OpenAsync(Cancel);
        var late = new List<FeedCandle>();
        var log = new List<MarketBatch>();
        foreach (var closed in Market.Batches().Where(closed => closed.CloseMs > DecideMs).Take(60))
        {
            var told = shard.CandlesOf(closed).Where(one => one.Series.Symbol != newcomer.Symbol || closed.CloseMs > listedMs).ToList();
            foreach (var one in late.Where(one => one.Series.Frame.IsAligned(closed.CloseMs)).ToArray())
            {
                told.Insert(0, one);
                late.Remove(one);
            }

            if (closed.CloseMs == listedMs) late.AddRange(shard.CandlesOf(closed).Where(one => one.Series.Symbol == newcomer.Symbol));
            else if (closed.CloseMs < listedMs) shard.Store([.. shard.CandlesOf(closed).Where(one => one.Series.Symbol == newcomer.Symbol)]);
            shard.Store([.. told]);
            await TellAsync(new() { Shard = "main", Number = 0, CloseMs = closed.CloseMs, Candles = told });
            if (closed.CloseMs == listedMs)
                await TellAsync(new() { Shard = "main", Number = 0, CloseMs = listedMs, Listings = [newcomer], ListedToMs = listedMs - TimeFrame.M1.Ms() });
        }

        foreach (var batch in log) await shard.Runner.TakeAsync(batch, Cancel);

        Assert.Equal(0, shard.Runner.Runner!.Pipeline.Desk(newcomer.Symbol).RefusedCandles);   // none was folded that came by batch
        Assert.Equal(0, soon.Runner!.Pipeline.Desk(newcomer.Symbol).RefusedCandles);
        Assert.Equal(FollowerVerdict.Agrees, soon.Compare(shard.Said));

        async Task TellAsync(MarketBatch batch)
        {
            log.Add(shard.Log(batch));
            await soon.TakeAsync(log[^1], Cancel);
        }
    }

    private sealed class Shard : IDisposable
    {
        private readonly MemoryCandleStore _candles = new();
        private readonly MemorySignalStore _store;
        private readonly MemoryBatchLog _log;
        private readonly MemoryStream _ledger = new();

        private readonly LedgerDepth _depth;

        public Shard(int listed = 3, LedgerDepth depth = LedgerDepth.Lean)
        {
            _store = new(_candles);
            _depth = depth;
            var identity = new RunIdentity("simulated", 5, "", GeneratedFeed.StartMs, DecideMs, DecideMs);
            _log = new(new ShardSetup(identity, [.. Market.Listings.Take(listed)]));
            foreach (var closed in Market.Batches(DecideMs)) Store(CandlesOf(closed));
            Runner = New();
        }

        public ShardRunner Runner { get; private set; }

        public MemorySignalStore Committed => _store;

        public IEnumerable<MarketBatch> Batches => Market.Batches().Where(closed => closed.CloseMs > DecideMs).Select(closed =>
        {
            Store(CandlesOf(closed));
            return new MarketBatch { Shard = "main", Number = 0, CloseMs = closed.CloseMs, Candles = CandlesOf(closed) };
        });

        public Beat Said => new("market-events", 0, Runner.Number, Runner.Runner!.LedgerPosition.Hash);

        public Follower NewFollower() => new(new()
        {
            Shard = "main",
            Options = KernelOptions.Default,
            LedgerDepth = _depth,
            Log = _log,
            Committed = _store,
            Candles = _candles,
            Time = TimeProvider.System,
        });

        public async Task TakeAsync(MarketBatch batch, params Follower[] followers)
        {
            var numbered = _log.Add(batch);
            await Runner.TakeAsync(numbered, Cancel);
            foreach (var follower in followers) await follower.TakeAsync(numbered, Cancel);
        }

        public FeedCandle[] CandlesOf(ClosedBatch closed) =>
            [.. closed.Candles.Select(one => new FeedCandle(new(Market.Listings[one.Desk].Symbol, one.Frame), one.Candle))];

        public void Store(FeedCandle[] candles)
        {
            foreach (var one in candles) _candles.AppendAsync(one.Series, new[] { one.Candle }, Cancel).GetAwaiter().GetResult();
        }

        public MarketBatch Log(MarketBatch batch) => _log.Add(batch);

        /// <summary>The process ends, and the next one does not find the kernel's state.</summary>
        public void LoseTheKernel()
        {
            Runner.Dispose();
            _store.LoseSnapshot("kernel");
            Runner = New();
        }

        public void Dispose()
        {
            Runner.Dispose();
            _ledger.Dispose();
        }

        private ShardRunner New() => new(new()
        {
            Shard = "main",
            Options = KernelOptions.Default,
            LedgerDepth = _depth,
            Log = _log,
            Signals = _store,
            Candles = _candles,
            OpenLedger = () => new Kept(_ledger),
            Effects = new Nothing(),
            Time = TimeProvider.System,
        });

        /// <summary>Its bytes outlive whoever has opened it.</summary>
        private sealed class Kept(MemoryStream ledger) : MemoryStreamView(ledger);
    }

    private sealed class Nothing : IEffectCarrier
    {
        public bool HasDone(StoredEffect effect) => true;

        public Task CarryOutAsync(StoredEffect effect) => Task.CompletedTask;
    }
}
