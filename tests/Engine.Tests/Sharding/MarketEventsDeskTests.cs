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
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandleAsync_AnotherBatchOrAFailureComesBehindIt_TheSignOfLifeIsOfItsOwnMoment(bool fails)
    {
        using var run = new ShardRun();
        using var shard = run.Start();
        var notes = new Notes();
        var batches = ShardRun.From(1).Select(closing => ShardRun.Whole(closing, _ => false)).OfType<MarketBatch>().Take(2).SelectMany(run.Log.Publish).ToArray();
        var hash = (await shard.TakeAsync(batches[0], Cancel)).Hash;
        Assert.Equal(shard.Runner!.LedgerPosition.Hash, hash);
        var desk = new MarketEventsDesk(shard, notes, notes, new Meanwhile(() =>
        {
            if (fails) run.Store.Fault = new IOException("the store is away");
            var another = shard.TakeAsync(batches[1], Cancel);
            Assert.Equal(fails, another.IsFaulted);
        }));

        await desk.HandleAsync(ShardJson.Write(batches[0]), "m1", deliveries: 1, Cancel);

        Assert.Equal(fails, shard.Runner is null);
        Assert.NotEqual(hash, shard.Runner?.LedgerPosition.Hash);
        var beat = Assert.Single(notes.Beats);
        Assert.Equal((1L, hash), (beat.Number, beat.Note));
    }

    /// <summary>Lets something happen when the time is asked for: between the state and the sign of life.</summary>
    private sealed class Meanwhile(Action happens) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            happens();
            return DateTimeOffset.UnixEpoch;
        }
    }

    private sealed class Notes : IBeats, IPoisonShelf
    {
        public List<PoisonMessage> Shelf { get; } = [];

        public Exception? ShelfFault { get; init; }

        public List<Beat> Beats { get; } = [];

        public Task WriteAsync(Beat beat, CancellationToken cancel = default)
        {
            Beats.Add(beat);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<Beat>> ReadAsync(CancellationToken cancel = default) => Task.FromResult<IReadOnlyList<Beat>>(Beats);

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
