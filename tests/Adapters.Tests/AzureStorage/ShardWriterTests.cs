using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Sharding;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Adapters.Tests.AzureStorage;

/// <summary>The log of batches under lost answers, holders that overlap, and a queue that is away.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class ShardWriterTests(AzuriteServer server)
{
    private readonly StorageFaults _faults = new();
    private readonly ManualTime _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_TheAnswerOfTheTransactionIsLost_IsKnownByItsBytesAndGoesOn()
    {
        var (prefix, queue) = Names();
        using var writer = await TakeAsync(prefix, queue, _faults.Of(server.Account));
        await writer.PublishAsync(Batch(60_000), Cancel);

        _faults.LoseAnswers(StorageFaults.IsTransaction, count: 1);   // the pipeline tries again, and finds the head changed
        var second = await writer.PublishAsync(Batch(120_000), Cancel);
        var third = await writer.PublishAsync(Batch(180_000), Cancel);

        Assert.Equal((2L, 3L), (second.Number, third.Number));
        await AssertOnceAsync(prefix, queue, 60_000, 120_000, 180_000);
    }

    [Fact]
    public async Task Publish_NoTryWasAnswered_IsKnownWhenItIsGivenAgain()
    {
        var (prefix, queue) = Names();
        using var writer = await TakeAsync(prefix, queue, _faults.Of(server.Account, retries: 0));
        await writer.PublishAsync(Batch(60_000), Cancel);

        _faults.LoseAnswers(StorageFaults.IsTransaction, count: 1);
        await Assert.ThrowsAsync<StorageException>(() => writer.PublishAsync(Batch(120_000), Cancel));
        var second = await writer.PublishAsync(Batch(120_000), Cancel);
        var third = await writer.PublishAsync(Batch(180_000), Cancel);

        Assert.Equal((2L, 3L), (second.Number, third.Number));
        await AssertOnceAsync(prefix, queue, 60_000, 120_000, 180_000);
    }

    [Fact]
    public async Task Publish_AnotherCallCameAfterTheLostAnswer_IsStillKnown()
    {
        var (prefix, queue) = Names();
        using var writer = await TakeAsync(prefix, queue, _faults.Of(server.Account, retries: 0));
        await writer.PublishAsync(Batch(60_000), Cancel);

        _faults.LoseAnswers(StorageFaults.IsTransaction, count: 1);
        await Assert.ThrowsAsync<StorageException>(() => writer.PublishAsync(Batch(120_000), Cancel));
        Assert.Equal(1, await writer.ResendAsync(Cancel));   // it finds the batch, and sends it
        var second = await writer.PublishAsync(Batch(120_000), Cancel);

        Assert.Equal(2, second.Number);
        await AssertOnceAsync(prefix, queue, 60_000, 120_000);
    }

    [Fact]
    public async Task Forget_TheAnswerIsLost_KeepsTheNextBatchApartFromIt()
    {
        var (prefix, queue) = Names();
        using var writer = await TakeAsync(prefix, queue, _faults.Of(server.Account, retries: 0));
        for (var i = 1; i <= 3; i++) await writer.PublishAsync(Batch(60_000 * i), Cancel);

        _faults.LoseAnswers(StorageFaults.IsTransaction, count: 1);
        await Assert.ThrowsAsync<StorageException>(() => writer.ForgetAsync(1, Cancel));
        Assert.Equal(4, (await writer.PublishAsync(Batch(240_000), Cancel)).Number);

        Assert.Null(await new TableBatchLog(server.Account, prefix).ReadAsync("main", 1, Cancel));
        Assert.Equal(1, await writer.ForgetAsync(2, Cancel));
    }

    [Fact]
    public async Task Publish_HeldUpOnTheWayWhileAnotherTakesOver_FailsAtTheTransactionAndLeavesNothing()
    {
        var (prefix, queue) = Names();
        using var old = await TakeAsync(prefix, queue, _faults.Of(server.Account));
        await old.PublishAsync(Batch(60_000), Cancel);
        var held = _faults.Hold(StorageFaults.IsTransaction);
        var late = old.PublishAsync(Batch(120_000), Cancel);
        await held.Arrived;

        using var young = await TakeAsync(prefix, queue, server.Account);
        await young.ResendAsync(Cancel);
        var second = await young.PublishAsync(Batch(120_000), Cancel);
        held.LetGo();

        await Assert.ThrowsAsync<ShardLostException>(() => late);
        await Assert.ThrowsAsync<ShardLostException>(() => old.PublishAsync(Batch(180_000), Cancel));
        Assert.Equal((2L, 2L), (second.Number, second.Epoch));
        await AssertOnceAsync(prefix, queue, 60_000, 120_000);
    }

    [Fact]
    public async Task Take_AfterAKillBetweenTransactionAndQueue_SendsWhatLiesBehind()
    {
        var (prefix, queue) = Names();
        var old = await TakeAsync(prefix, queue, _faults.Of(server.Account, retries: 0));
        var held = _faults.Hold(StorageFaults.IsMessage);
        using var kill = new CancellationTokenSource();
        var dying = old.PublishAsync(Batch(60_000), kill.Token);
        await held.Arrived;   // the batch is durable, and its message has not left
        await kill.CancelAsync();
        await ((Task)dying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        old.Dispose();

        using var young = await TakeAsync(prefix, queue, server.Account);
        Assert.Equal(new(1, 60_000, 2, 0, 1), young.Head);
        Assert.Equal(1, await young.ResendAsync(Cancel));
        await young.PublishAsync(Batch(120_000), Cancel);

        await AssertOnceAsync(prefix, queue, 60_000, 120_000);
    }

    [Fact]
    public async Task Resend_TheQueueIsAwayAndComesBack_TellsOfAllAndDoesNotPressIt()
    {
        var (prefix, queue) = Names();
        using var writer = await TakeAsync(prefix, queue, _faults.Of(server.Account, retries: 0));
        using (_faults.Refuse(StorageFaults.IsMessage))
        {
            await writer.PublishAsync(Batch(60_000), Cancel);
            Assert.Equal(0, await writer.ResendAsync(Cancel));
            await writer.PublishAsync(Batch(120_000), Cancel);
            Assert.Equal(new(2, 120_000, 1, 0, 2), writer.Head);
        }

        Assert.Equal(0, await writer.ResendAsync(Cancel));   // the pause after the failure is not over
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await writer.ResendAsync(Cancel));
        Assert.Equal(0, await writer.ResendAsync(Cancel));

        await AssertOnceAsync(prefix, queue, 60_000, 120_000);
    }

    /// <summary>Batches of these closing times, numbered from 1, are in the log once, and the queue tells of them and of nothing else.</summary>
    private async Task AssertOnceAsync(string prefix, string queue, params long[] closes)
    {
        var log = new TableBatchLog(server.Account, prefix);
        Assert.Equal(closes.Length, (await log.HeadAsync("main", Cancel))!.Number);
        for (var i = 0; i < closes.Length; i++) Assert.Equal(closes[i], (await log.ReadAsync("main", i + 1, Cancel))!.CloseMs);
        var sent = await server.Account.Queue(queue).ReceiveAsync(32, TimeSpan.FromSeconds(60), Cancel);
        // The message of the last tells of all before it; a new holder sends it again: whoever takes it in drops it.
        var numbers = sent.Select(one => ShardJson.ReadBatch(one.Body.Span).Number).ToHashSet();
        Assert.Contains(closes.Length, numbers);
        Assert.Subset(Enumerable.Range(1, closes.Length).Select(number => (long)number).ToHashSet(), numbers);
    }

    private (string Prefix, string Queue) Names()
    {
        _ = server.Account;   // skips the test where Azurite is not there
        var name = server.FreshName();
        return (name, $"events-{name}");
    }

    private Task<ShardWriter> TakeAsync(string prefix, string queue, StorageAccount account) =>
        ShardWriter.TakeAsync(account, prefix, "main", _time, NullLogger.Instance, queue, Cancel);

    private static MarketBatch Batch(long closeMs) => new() { Shard = "main", Number = 0, CloseMs = closeMs, Leaving = [Symbol.Parse("ETHUSDT")] };
}
