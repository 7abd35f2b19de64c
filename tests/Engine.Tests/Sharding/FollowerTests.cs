using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
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
        var kernels = new List<MarketRunner>();
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
        Assert.Equal(2, kernels.Count);
        Assert.Same(kernels[1], follower.Runner);
    }

    private sealed class Shard : IDisposable
    {
        private readonly MemoryCandleStore _candles = new();
        private readonly MemorySignalStore _store;
        private readonly MemoryBatchLog _log;
        private readonly MemoryStream _ledger = new();

        public Shard()
        {
            _store = new(_candles);
            var identity = new RunIdentity("simulated", 5, "", GeneratedFeed.StartMs, DecideMs, DecideMs);
            _log = new(new ShardSetup(identity, Market.Listings));
            foreach (var closed in Market.Batches(DecideMs)) Store(closed);
            Runner = new(new()
            {
                Shard = "main",
                Options = KernelOptions.Default,
                Log = _log,
                Signals = _store,
                Candles = _candles,
                OpenLedger = () => _ledger,
                Effects = new Nothing(),
                Time = TimeProvider.System,
            });
        }

        public ShardRunner Runner { get; }

        public IEnumerable<MarketBatch> Batches => Market.Batches().Where(closed => closed.CloseMs > DecideMs).Select(closed =>
        {
            Store(closed);
            return new MarketBatch
            {
                Shard = "main",
                Number = 0,
                CloseMs = closed.CloseMs,
                Candles = [.. closed.Candles.Select(one => new FeedCandle(new(Market.Listings[one.Desk].Symbol, one.Frame), one.Candle))],
            };
        });

        public Beat Said => new("market-events", 0, Runner.Number, Runner.Runner!.LedgerPosition.Hash);

        public Follower NewFollower() => new(new()
        {
            Shard = "main",
            Options = KernelOptions.Default,
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

        public void Dispose()
        {
            Runner.Dispose();
            _ledger.Dispose();
        }

        private void Store(ClosedBatch closed)
        {
            foreach (var one in closed.Candles)
                _candles.AppendAsync(new(Market.Listings[one.Desk].Symbol, one.Frame), new[] { one.Candle }, Cancel).GetAwaiter().GetResult();
        }
    }

    private sealed class Nothing : IEffectCarrier
    {
        public bool HasDone(StoredEffect effect) => true;

        public Task CarryOutAsync(StoredEffect effect) => Task.CompletedTask;
    }
}
