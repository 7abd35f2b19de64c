using FuturesBot.Engine.Sharding;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Sharding;

public sealed class MarketEventsDeskTests
{
    private static readonly byte[] Rubbish = "no batch"u8.ToArray();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_FailsAtItsLastTry_LiesOnTheShelfWithItsReason()
    {
        using var run = new ShardRun();
        using var shard = run.Start();
        var notes = new Notes();
        var desk = new MarketEventsDesk(shard, notes, notes, new ManualTime());

        await Assert.ThrowsAsync<InvalidDataException>(() => desk.HandleAsync(Rubbish, "m1", MarketEventsDesk.TriesMax - 1, Cancel));
        Assert.Empty(notes.Shelf);
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => desk.HandleAsync(Rubbish, "m1", MarketEventsDesk.TriesMax, Cancel));

        var kept = Assert.Single(notes.Shelf);
        Assert.Equal(("m1", MarketEventsDesk.Queue, "no batch"), (kept.Id, kept.Queue, kept.Body));
        Assert.Equal($"InvalidDataException: {fault.Message}", kept.Reason);
    }

    [Fact]
    public async Task HandleAsync_TheShelfIsAwayToo_NamesBothFaultsTheFirstFirst()
    {
        using var run = new ShardRun();
        using var shard = run.Start();
        var notes = new Notes { ShelfFault = new IOException("the shelf is away") };
        var desk = new MarketEventsDesk(shard, notes, notes, new ManualTime());

        var fault = await Assert.ThrowsAsync<NotShelvedException>(() => desk.HandleAsync(Rubbish, "m1", MarketEventsDesk.TriesMax, Cancel));

        var both = Assert.IsType<AggregateException>(fault.InnerException).InnerExceptions;
        Assert.IsType<InvalidDataException>(both[0]);
        Assert.Same(notes.ShelfFault, both[1]);
        Assert.Equal(
            $"Message m1 of {MarketEventsDesk.Queue} was not taken in (InvalidDataException: {both[0].Message}), and not put on the shelf (IOException: the shelf is away)",
            fault.Message);
    }

    /// <summary>A timer and the queue's trigger may drive one shard; a hash of a later moment would look like another ledger.</summary>
    [Fact]
    public async Task HandleAsync_TwoAtOnceAndFailuresBetween_EachSignOfLifeIsOfOneMoment()
    {
        var truth = await TruthAsync();
        using var run = new ShardRun();
        using var shard = run.Start();
        var notes = new Notes();
        var desk = new MarketEventsDesk(shard, notes, notes, new ManualTime());
        var batches = Day().SelectMany(run.Log.Publish).ToArray();

        foreach (var three in batches.Chunk(3))
        {
            await Task.WhenAll(three.Select((batch, i) => Task.Run(
                async () =>
                {
                    try
                    {
                        await desk.HandleAsync(i == 1 ? Rubbish : ShardJson.Write(batch), $"m{batch.Number}", deliveries: 1, Cancel);
                        await shard.TakeAsync(batch with { Shard = i == 2 ? "another" : batch.Shard }, Cancel);
                    }
                    catch (InvalidDataException)
                    {
                        // It comes again; what is missing is read from the log.
                    }
                },
                Cancel)));
        }

        Assert.NotEmpty(notes.Beats);
        Assert.All(notes.Beats, beat => Assert.Equal((beat.Number, truth[beat.Number]), (beat.Number, beat.Note)));
    }

    private static async Task<Dictionary<long, string>> TruthAsync()
    {
        using var run = new ShardRun();
        using var shard = run.Start();
        var hashes = new Dictionary<long, string>();
        foreach (var batch in Day().SelectMany(run.Log.Publish))
        {
            var outcome = await shard.TakeAsync(batch, Cancel);
            Assert.Equal(shard.Runner!.LedgerPosition.Hash, outcome.Hash);
            hashes[outcome.Number] = outcome.Hash;
        }

        return hashes;
    }

    private static IEnumerable<MarketBatch> Day() => ShardRun.From(1).Select(closing => ShardRun.Whole(closing, _ => false)).OfType<MarketBatch>();

    private sealed class Notes : IBeats, IPoisonShelf
    {
        private readonly Lock _gate = new();
        private readonly List<Beat> _beats = [];

        public List<PoisonMessage> Shelf { get; } = [];

        public Exception? ShelfFault { get; init; }

        public IReadOnlyList<Beat> Beats
        {
            get
            {
                lock (_gate) return [.. _beats];
            }
        }

        public Task WriteAsync(Beat beat, CancellationToken cancel = default)
        {
            lock (_gate) _beats.Add(beat);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<Beat>> ReadAsync(CancellationToken cancel = default) => Task.FromResult(Beats);

        public Task PutAsync(PoisonMessage message, CancellationToken cancel = default)
        {
            if (ShelfFault is not null) throw ShelfFault;
            Shelf.Add(message);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<PoisonMessage>> ReadAsync(int limit, CancellationToken cancel = default) =>
            Task.FromResult<IReadOnlyList<PoisonMessage>>([.. Shelf.Take(limit)]);

        public Task<bool> RemoveAsync(string id, CancellationToken cancel = default) => Task.FromResult(Shelf.RemoveAll(one => one.Id == id) > 0);
    }
}
