using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.Tests.Binance.Streams;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;
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
        Assert.Equal(new(2, 120_000, 1, 2, 2), writer.Head);
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

        // One message tells of both: whoever takes the second in reads the first in the log.
        var sent = await account.Queue(queue).ReceiveAsync(8, TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal(2, ShardJson.ReadBatch(Assert.Single(sent).Body.Span).Number);
        Assert.Equal(2, young.Head.Sent);
    }

    [Fact]
    public async Task Wake_AfterAMinuteThatMovesSomething_SendsIt()
    {
        var (prefix, queue) = Names();
        using var writer = await TakeAsync(server.Account, prefix, queue);
        var minute = Batch(60_000) with
        {
            Leaving = [],
            Candles = [new(new(Eth, TimeFrame.M1), new(0, 1, 2, 0.5, 1, 1, 1, 1, 1))],
        };

        await writer.PublishAsync(minute, Cancel);
        await writer.PublishAsync(minute with { CloseMs = 120_000 }, Cancel);
        Assert.Empty(await server.Account.Queue(queue).ReceiveAsync(8, TimeSpan.FromSeconds(1), Cancel));
        await writer.WakeAsync(Cancel);
        await writer.WakeAsync(Cancel);   // it is told already
        await writer.PublishAsync(minute with { CloseMs = 180_000 }, Cancel);

        Assert.Equal(new(3, 180_000, 1, 2, 2), writer.Head);
        var sent = await server.Account.Queue(queue).ReceiveAsync(8, TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal(2, ShardJson.ReadBatch(Assert.Single(sent).Body.Span).Number);
    }

    [Fact]
    public async Task Publish_PartsOfAClosingTime_AreToldOfWithTheLast()
    {
        var (prefix, queue) = Names();
        using var writer = await TakeAsync(server.Account, prefix, queue);

        await writer.PublishAsync(Batch(60_000) with { IsLast = false }, Cancel);
        await writer.PublishAsync(Batch(60_000) with { IsLast = false }, Cancel);
        await writer.PublishAsync(Batch(60_000), Cancel);

        var sent = await server.Account.Queue(queue).ReceiveAsync(8, TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal(3, ShardJson.ReadBatch(Assert.Single(sent).Body.Span).Number);
    }

    [Fact]
    public async Task Publish_AnswersAlone_WaitInTheLogForTheNextBatch()
    {
        var (prefix, queue) = Names();
        using var writer = await TakeAsync(server.Account, prefix, queue);
        var answers = new CommandAnswer[] { new("symbols-1", CommandOutcome.Done, "nothing new", 61_000) };

        await writer.PublishAsync(Batch(60_000), Cancel);
        await writer.PublishAsync(Batch(60_000) with { Leaving = [], Answers = answers }, Cancel);
        Assert.Equal(new(2, 60_000, 1, 1, 1), writer.Head);
        await writer.PublishAsync(Batch(120_000), Cancel);

        Assert.Equal(3, writer.Head.Loud);
        var sent = await server.Account.Queue(queue).ReceiveAsync(8, TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal([1L, 3L], sent.Select(one => ShardJson.ReadBatch(one.Body.Span).Number).Order());
        Assert.Equal(answers, (await new TableBatchLog(server.Account, prefix).ReadAsync("main", 2, Cancel))!.Answers);
    }

    [Fact]
    public async Task Take_AfterAHolderThatToldAnswersLast_SendsOneMessage()
    {
        var (prefix, queue) = Names();
        using var old = await TakeAsync(server.Account, prefix, queue);
        await old.PublishAsync(Batch(60_000), Cancel);
        await old.PublishAsync(Batch(60_000) with { Leaving = [], Answers = [new("gaps-1", CommandOutcome.Done, "none", 61_000)] }, Cancel);
        await server.Account.Queue(queue).ReceiveAsync(8, TimeSpan.FromHours(1), Cancel);

        using var young = await TakeAsync(server.Account, prefix, queue);
        await young.ResendAsync(Cancel);

        // What the last holder has sent is not known for sure, so one message tells of all there is.
        Assert.Equal(new(2, 60_000, 2, 2, 2), young.Head);
        var again = await server.Account.Queue(queue).ReceiveAsync(8, TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal(2, ShardJson.ReadBatch(Assert.Single(again).Body.Span).Number);
    }

    [Theory]
    [InlineData(true)]    // as its sender does
    [InlineData(false)]   // put there by hand, or the bell was away
    public async Task Commands_ThatSomebodyRingsFor_AreReadWithTheNextLook_OthersWithTheSweep(bool isRung)
    {
        var (prefix, name) = Names();
        var (queue, bell, options) = (server.Account.Queue(name), new CommandBell(server.Account, prefix), new CommandReaderOptions());
        var time = new ManualTime(DateTimeOffset.UnixEpoch);
        var reader = new CommandQueueReader(queue, bell, new TablePoisonShelf(server.Account, prefix), options, time, NullLogger.Instance);
        await reader.CreateAsync(Cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = reader.RunAsync(
            (message, _) =>
            {
                done.TrySetResult(message.Id);
                return Task.CompletedTask;
            },
            (_, _, _) => Task.CompletedTask,
            stop.Token);
        await QuietAsync(time, options.Hidden + options.PollEvery, options.PollEvery, done.Task);   // what a reader before this one may have had in hand was looked for

        var sender = new CommandQueueSender(queue, isRung ? bell : new(server.Account, prefix + "other"), TimeProvider.System);
        await sender.CreateAsync(Cancel);
        await sender.SendAsync("soon", new SidecarCommand.ForgetLevels("s1"), Cancel);
        var waited = TimeSpan.Zero;
        for (; !done.Task.IsCompleted && waited < options.SweepEvery * 3; waited += options.PollEvery) await QuietAsync(time, options.PollEvery, options.PollEvery, done.Task);

        Assert.Equal("soon", await done.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel));
        Assert.True(isRung ? waited <= options.PollEvery : waited > options.PollEvery && waited <= options.SweepEvery, $"It was read after {waited}");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task Commands_ThatFailAtDifferentTimes_AreEachTriedAgainWhenTheyAreDue()
    {
        var (prefix, name) = Names();
        var queue = server.Account.Queue(name);
        var bell = new CommandBell(server.Account, prefix);
        // A sweep would come too late for this test: what brings them back is when they are due.
        var options = new CommandReaderOptions { RetryAfter = TimeSpan.FromSeconds(1), SweepEvery = TimeSpan.FromHours(1), PollEvery = TimeSpan.FromMilliseconds(100) };
        var reader = new CommandQueueReader(queue, bell, new TablePoisonShelf(server.Account, prefix), options, TimeProvider.System, NullLogger.Instance);
        await reader.CreateAsync(Cancel);
        var sender = new CommandQueueSender(queue, bell, TimeProvider.System);
        await sender.SendAsync("once", new SidecarCommand.ForgetLevels("s1"), Cancel);
        await sender.SendAsync("twice", new SidecarCommand.ForgetLevels("s2"), Cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var tries = new Dictionary<string, int>(StringComparer.Ordinal);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var reading = reader.RunAsync(
            (message, _) =>
            {
                var failures = message.Id == "once" ? 1 : 2;
                if ((tries[message.Id] = tries.GetValueOrDefault(message.Id) + 1) <= failures) throw new InvalidOperationException("not yet");
                if (message.Id == "twice") done.SetResult();
                return Task.CompletedTask;
            },
            (_, _, _) => Task.CompletedTask,
            stop.Token);

        await done.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        Assert.Equal((2, 3), (tries["once"], tries["twice"]));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    /// <summary>
    /// Lets time pass, and the reader take each look that falls due in it; returns when it waits for the next, or has read what is awaited. It
    /// waits for longer too, to keep a command hidden while it is being carried out: no time passes meanwhile.
    /// </summary>
    private static async Task QuietAsync(ManualTime time, TimeSpan span, TimeSpan look, Task read)
    {
        var end = time.GetUtcNow() + span;
        while (true)
        {
            for (var began = Stopwatch.GetTimestamp(); !read.IsCompleted && !(time.NextDueAt <= time.GetUtcNow() + look); await Task.Delay(1, Cancel))
                Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60), "Nobody waits for the clock");
            if (read.IsCompleted) return;
            if (time.NextDueAt is not { } next || next > end) break;
            time.Advance(next - time.GetUtcNow());
        }

        time.Advance(end - time.GetUtcNow());
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
    public async Task Lease_OfAHolderThatIsSilent_IsBrokenByOneOfThoseWhoWait()
    {
        var (prefix, _) = Names();
        var away = new ManualTime();   // its clock stands still: it gives no sign of life
        await using var first = new SidecarLease(server.Account, prefix, new(), away, NullLogger.Instance);
        await first.AcquireAsync(Cancel);
        var quick = new SidecarLeaseOptions
        {
            Duration = TimeSpan.FromSeconds(3),
            RenewEvery = TimeSpan.FromMilliseconds(500),
            TryEvery = TimeSpan.FromMilliseconds(50),
        };
        await using var second = new SidecarLease(server.Account, prefix, quick, TimeProvider.System, NullLogger.Instance);
        await using var third = new SidecarLease(server.Account, prefix, quick, TimeProvider.System, NullLogger.Instance);
        Task<CancellationToken>[] waiting = [second.AcquireAsync(Cancel), third.AcquireAsync(Cancel)];

        await Task.WhenAny(waiting).WaitAsync(TimeSpan.FromSeconds(60), Cancel);

        _ = Assert.Single(waiting, one => one.IsCompletedSuccessfully);
        away.Advance(new SidecarLeaseOptions().RenewEvery);   // it wakes: the sign of life is another's now
        for (var began = Stopwatch.GetTimestamp(); first.IsHeld; await Task.Delay(10, Cancel))
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60), "The first one holds it still");
        var holder = waiting[0].IsCompleted ? second : third;
        await holder.StopAsync();
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
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
        var reader = new CommandQueueReader(queue, new(account, prefix), shelf, options, TimeProvider.System, NullLogger.Instance);
        await reader.CreateAsync(Cancel);
        var sender = new CommandQueueSender(queue, new(server.Account, prefix), TimeProvider.System);
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

        var poisoned = 0L;
        using var meter = new MeterListener { InstrumentPublished = (instrument, ears) => { if (instrument.Name == Metrics.Poison) ears.EnableMeasurementEvents(instrument); } };
        meter.SetMeasurementEventCallback<long>((_, value, tags, _) => poisoned += tags[0].Value is string where && where == name ? value : 0);
        meter.Start();
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

        Assert.Equal(2, poisoned);
        Assert.Equal(["good"], done);
        Assert.Equal(["bad: IOException: the exchange is away", "bad: IOException: the exchange is away"], answered);
        var bad = (await shelf.ReadAsync(9, Cancel)).Single(one => one.Id == "bad");
        Assert.Equal((3L, name), (bad.Tries, bad.Queue));
        Assert.Contains("the exchange is away", bad.Reason, StringComparison.Ordinal);
        Assert.True(await shelf.RemoveAsync("bad", Cancel));
        Assert.Single(await shelf.ReadAsync(9, Cancel));
    }

    [Fact]
    public async Task Commands_TheShelfIsAwayToo_StayAndBothFaultsAreTold()
    {
        var (prefix, name) = Names();
        var shelf = new AwayShelf(new(server.Account, prefix));
        await shelf.Inner.CreateAsync(Cancel);
        var (queue, log) = (server.Account.Queue(name), new HeardLog());
        var (bell, options) = (new CommandBell(server.Account, prefix), new CommandReaderOptions { PollEvery = TimeSpan.FromMilliseconds(50), TriesMax = 1, Hidden = TimeSpan.FromSeconds(1) });
        var reader = new CommandQueueReader(queue, bell, shelf, options, TimeProvider.System, log);
        await reader.CreateAsync(Cancel);
        await new CommandQueueSender(queue, bell, TimeProvider.System).SendAsync("bad", new SidecarCommand.RefreshSymbols(), Cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var reading = reader.RunAsync((_, _) => throw new IOException("the exchange is away"), (_, _, _) => Task.CompletedTask, stop.Token);
        await Eventually.IsAsync(async () => reading.IsCompleted || await queue.CountAsync(Cancel) == 0, "the command was put on the shelf");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        Assert.Equal((2L, "IOException: the exchange is away"), (await shelf.ReadAsync(9, Cancel)).Select(one => (one.Tries, one.Reason)).Single());
        var told = log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["4124", "4125", "4124", "4122"], told.Select(line => line.Split(' ')[1]));
        Assert.Contains("the exchange is away", told[0], StringComparison.Ordinal);
        Assert.Contains("(IOException: the exchange is away), and not put on the shelf (StorageException: no shelf today)", told[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_TheShelfIsAwayAtTheLastTry_StayInTheQueue()
    {
        var (prefix, name) = Names();
        var shelf = new AwayShelf(new(server.Account, prefix));
        var (queue, log) = (server.Account.Queue(name), new HeardLog());
        using var shard = new ShardRunner(new()
        {
            Shard = "main",
            Options = KernelOptions.Default,
            Log = new MemoryBatchLog(),
            Signals = new MemorySignalStore(new MemoryCandleStore()),
            Candles = new MemoryCandleStore(),
            OpenLedger = () => new MemoryStream(),
            Effects = null!,
            Time = TimeProvider.System,
        });
        var consumer = new MarketConsumer(queue, new(shard, new TableBeats(server.Account, prefix), shelf, TimeProvider.System), TimeProvider.System, log);
        await consumer.CreateAsync(Cancel);
        await queue.SendAsync("no batch"u8.ToArray(), cancel: Cancel);
        for (var tries = 1; tries < MarketEventsDesk.TriesMax; tries++)
            await queue.HideAsync(Assert.Single(await queue.ReceiveAsync(1, TimeSpan.FromSeconds(30), Cancel)), TimeSpan.Zero, Cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var running = consumer.RunAsync(stop.Token);
        await Eventually.IsAsync(() => Task.FromResult(running.IsCompleted || log.Lines.Count > 0), "the message was looked at");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Contains("no shelf today", Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.Equal(1, await queue.CountAsync(Cancel));
    }

    [Fact]
    public async Task Send_WithinATrace_TakesTheTraceAlong()
    {
        using var spans = new HeardSpans(Spans.Command);
        var (prefix, name) = Names();
        var queue = server.Account.Queue(name);
        var sender = new CommandQueueSender(queue, new(server.Account, prefix), TimeProvider.System);
        await sender.CreateAsync(Cancel);

        using (BotTelemetry.StartFrom(Spans.Orchestrate, ActivityKind.Consumer, spans.TraceParent))
            await sender.SendAsync("c1", new SidecarCommand.ForgetLevels("s1"), Cancel);

        var sent = Assert.Single(spans.Heard);
        Assert.Equal(("c1", "ForgetLevels"), (sent.GetTagItem(Attributes.CommandId), sent.GetTagItem(Attributes.Kind)));
        var received = Assert.Single(await queue.ReceiveAsync(8, TimeSpan.FromSeconds(30), Cancel));
        Assert.Equal(sent.Id, ShardJson.ReadCommand(received.Body.Span).TraceParent);
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

    /// <summary>A shelf that takes nothing the first time.</summary>
    private sealed class AwayShelf(TablePoisonShelf inner) : IPoisonShelf
    {
        private int _puts;

        public TablePoisonShelf Inner => inner;

        public Task PutAsync(PoisonMessage message, CancellationToken cancel = default) =>
            _puts++ == 0 ? throw new StorageException("no shelf today", 503, "") : inner.PutAsync(message, cancel);

        public Task<IReadOnlyList<PoisonMessage>> ReadAsync(int limit, CancellationToken cancel = default) => inner.ReadAsync(limit, cancel);

        public Task<bool> RemoveAsync(string id, CancellationToken cancel = default) => inner.RemoveAsync(id, cancel);
    }
}
