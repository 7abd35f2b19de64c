using System.Text;
using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Adapters.Tests.AzureStorage;

[Collection(AzuriteCollection.Name)]
public sealed class MarketStorageTests(AzuriteServer server)
{
    private static readonly Symbol Eth = Symbol.Parse("ETHUSDT");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_Batches_AreInTheLogAndTheQueueAlike()
    {
        var (prefix, queue) = Names();
        var account = server.Account;
        using var writer = await TakeAsync(account, prefix, queue);
        await writer.BeginAsync(new(new("exchange", 0, "", 0, 60_000, 60_000), []), Cancel);

        var first = await writer.PublishAsync(Batch(60_000), Cancel);
        var second = await writer.PublishAsync(Batch(120_000), Cancel);

        var log = new TableBatchLog(account, prefix);
        Assert.Equal((1L, 2L, 1L), (first.Number, second.Number, second.Epoch));
        Assert.Equal(ShardJson.Write(second), ShardJson.Write((await log.ReadAsync("main", 2, Cancel))!));
        Assert.Equal(60_000, (await log.SetupAsync("main", Cancel))!.Identity.DecideFromMs);
        Assert.Equal(new(2, 120_000, 1, 2), writer.Head);
        var sent = await account.Queue(queue).ReceiveAsync(8, TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal([1L, 2L], sent.Select(one => ShardJson.ReadBatch(one.Body.Span).Number).Order());
    }

    [Fact]
    public async Task Publish_ByWhoeverLostTheShard_LeavesNothing()
    {
        var (prefix, queue) = Names();
        var account = server.Account;
        using var old = await TakeAsync(account, prefix, queue);
        await old.PublishAsync(Batch(60_000), Cancel);
        using var young = await TakeAsync(account, prefix, queue);

        await Assert.ThrowsAsync<ShardLostException>(() => old.PublishAsync(Batch(120_000), Cancel));
        await Assert.ThrowsAsync<ShardLostException>(() => old.ForgetAsync(1, Cancel));
        await Assert.ThrowsAsync<ShardLostException>(() => old.BeginAsync(new(new("exchange", 0, "", 0, 0, 0), []), Cancel));

        Assert.Equal(2, young.Head.Epoch);
        Assert.Null(await new TableBatchLog(account, prefix).ReadAsync("main", 2, Cancel));
        Assert.Equal(2, (await young.PublishAsync(Batch(120_000), Cancel)).Number);
    }

    [Fact]
    public async Task Take_AfterAHolderThatDidNotSend_SendsWhatLiesBehind()
    {
        var (prefix, queue) = Names();
        var account = server.Account;
        using var old = await TakeAsync(account, prefix, queue);
        await account.Queue(queue).DropAsync(Cancel);   // the queue does not take anything
        await old.PublishAsync(Batch(60_000), Cancel);
        await old.PublishAsync(Batch(120_000), Cancel);
        Assert.Equal(0, old.Head.Sent);

        using var young = await TakeAsync(account, prefix, queue);
        Assert.Equal(2, await young.ResendAsync(Cancel));

        var sent = await account.Queue(queue).ReceiveAsync(8, TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal([1L, 2L], sent.Select(one => ShardJson.ReadBatch(one.Body.Span).Number).Order());
    }

    [Fact]
    public async Task Forget_OldBatches_KeepsTheLast()
    {
        var (prefix, queue) = Names();
        using var writer = await TakeAsync(server.Account, prefix, queue);
        for (var i = 1; i <= 3; i++) await writer.PublishAsync(Batch(60_000 * i), Cancel);

        Assert.Equal(2, await writer.ForgetAsync(99, Cancel));
        Assert.Equal(0, await writer.ForgetAsync(99, Cancel));

        var log = new TableBatchLog(server.Account, prefix);
        Assert.Null(await log.ReadAsync("main", 2, Cancel));
        Assert.NotNull(await log.ReadAsync("main", 3, Cancel));
    }

    [Fact]
    public async Task Lease_HeldByOne_GoesToTheNextAsSoonAsItIsGivenBack()
    {
        var (prefix, _) = Names();
        await using var first = new SidecarLease(server.Account, prefix, new(), TimeProvider.System, NullLogger.Instance);
        await using var second = new SidecarLease(server.Account, prefix, new(), TimeProvider.System, NullLogger.Instance);
        var held = await first.AcquireAsync(Cancel);
        var waiting = second.AcquireAsync(Cancel);
        Assert.False(waiting.IsCompleted);

        await first.StopAsync();
        await waiting.WaitAsync(TimeSpan.FromSeconds(60), Cancel);

        Assert.True(held.IsCancellationRequested);
        Assert.True(second.IsHeld);
        Assert.False(first.IsHeld);
    }

    [Fact]
    public async Task Commands_ThatFail_ComeAgainAndThenLieOnTheShelf()
    {
        var (prefix, name) = Names();
        var account = server.Account;
        var shelf = new TablePoisonShelf(account, prefix);
        await shelf.CreateAsync(Cancel);
        var queue = account.Queue(name);
        var options = new CommandReaderOptions { RetryAfter = TimeSpan.Zero, TriesMax = 2, Hidden = TimeSpan.FromSeconds(2) };
        var reader = new CommandQueueReader(queue, shelf, options, TimeProvider.System, NullLogger.Instance);
        await reader.CreateAsync(Cancel);
        var sender = new CommandQueueSender(queue, TimeProvider.System);
        await sender.SendAsync("good", new SidecarCommand.ForgetLevels("s1"), Cancel);
        await sender.SendAsync("bad", new SidecarCommand.RefreshSymbols(), Cancel);
        await queue.SendAsync(Encoding.UTF8.GetBytes("no command"), cancel: Cancel);
        var done = new List<string>();
        Task CarryOut(CommandMessage message, CancellationToken cancel)
        {
            if (message.Id == "bad") throw new IOException("the exchange is away");
            done.Add(message.Id);
            return Task.CompletedTask;
        }

        var answered = new List<string>();
        Task Failed(CommandMessage message, string reason, CancellationToken cancel)
        {
            answered.Add($"{message.Id}: {reason}");
            if (answered.Count == 1) throw new StorageException("The batch could not be written", 503, "");
            return Task.CompletedTask;
        }

        async Task<bool> IsEmptyAsync() => await queue.CountAsync(Cancel) == 0;
        while (!await IsEmptyAsync())
        {
            try
            {
                await reader.ReadAsync(CarryOut, Failed, Cancel);
            }
            catch (StorageException)
            {
                // Whoever asked was not answered: the command comes again, is tried once more, and answered then.
            }
        }

        Assert.Equal(["good"], done);
        Assert.Equal(["bad: IOException: the exchange is away", "bad: IOException: the exchange is away"], answered);
        var bad = (await shelf.ReadAsync(9, Cancel)).Single(one => one.Id == "bad");
        Assert.Equal((3L, name), (bad.Tries, bad.Queue));
        Assert.Contains("the exchange is away", bad.Reason, StringComparison.Ordinal);
        Assert.True(await shelf.RemoveAsync("bad", Cancel));
        Assert.Single(await shelf.ReadAsync(9, Cancel));
    }

    [Fact]
    public async Task CommandMemory_OfAProcessThatGoesOn_KeepsTheNewestAndNoMore()
    {
        var (prefix, queue) = Names();
        using var writer = await TakeAsync(server.Account, prefix, queue);   // makes the table
        var time = new ManualTime();
        var memory = new TableCommandMemory(server.Account, prefix, "main", time);
        Assert.Empty(await memory.LoadAsync(20, Cancel));
        for (var i = 0; i < 130; i++)
        {
            await memory.AddAsync($"command-{i}", Cancel);
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        var rows = new List<string>();
        await foreach (var row in server.Account.Table(MarketNames.Market(prefix)).QueryAsync(filter: null, cancel: Cancel))
        {
            if (row.Partition == "main|commands") rows.Add(row.Text("id"));
        }

        Assert.Equal(Enumerable.Range(100, 30).Select(i => $"command-{i}"), rows);
        var another = new TableCommandMemory(server.Account, prefix, "main", time);
        Assert.Equal(Enumerable.Range(110, 20).Select(i => $"command-{i}"), await another.LoadAsync(20, Cancel));
        for (var i = 130; i < 220; i++) await memory.AddAsync($"command-{i}", Cancel);   // what the other has deleted is no fault
        Assert.Equal(20, (await another.LoadAsync(20, Cancel)).Count);
    }

    [Fact]
    public async Task Beats_WrittenAgain_ShowTheNewest()
    {
        var beats = new TableBeats(server.Account, Names().Prefix);
        await beats.CreateAsync(Cancel);
        await beats.WriteAsync(new("sidecar", 1), Cancel);
        await beats.WriteAsync(new("sidecar", 2, 7, "here"), Cancel);

        Assert.Equal([new("sidecar", 2, 7, "here")], await beats.ReadAsync(Cancel));
    }

    [Fact]
    public async Task Watches_Kept_ComeBackAsTheyWere()
    {
        var (prefix, queue) = Names();
        using var writer = await TakeAsync(server.Account, prefix, queue);   // makes the table
        var watches = new TableWatches(server.Account, prefix, "main");
        await watches.SaveAsync(new("s1", Eth, 5, [new("stop", 1.25m, false)], ["stop"]), Cancel);
        await watches.SaveAsync(new("s2", Eth, 5, [], []), Cancel);
        await watches.RemoveAsync("s2", Cancel);

        var kept = Assert.Single(await watches.LoadAsync(Cancel));

        Assert.Equal(("s1", Eth, 5L), (kept.SignalId, kept.Symbol, kept.SinceMs));
        Assert.Equal([new("stop", 1.25m, false)], kept.Levels);
        Assert.Equal(["stop"], kept.Told);
    }

    private (string Prefix, string Queue) Names()
    {
        var name = server.FreshName();
        return (name, $"events-{name}");
    }

    private static Task<ShardWriter> TakeAsync(StorageAccount account, string prefix, string queue) =>
        ShardWriter.TakeAsync(account, prefix, "main", new ManualTime(), NullLogger.Instance, queue, Cancel);

    private static MarketBatch Batch(long closeMs) => new() { Shard = "main", Number = 0, CloseMs = closeMs, Leaving = [Eth] };
}
