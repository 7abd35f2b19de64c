using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Tests.AzureStorage;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using FuturesBot.Functions.Backtests;
using FuturesBot.Functions.Http;
using FuturesBot.Functions.Market;
using FuturesBot.Functions.Timers;
using FuturesBot.Functions.Wiring;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Functions.Tests.Worker;

/// <summary>Functions beside a kernel: who only reads takes no commit out of its hands, and who drives the shard completes one that broke off.</summary>
[Collection(WorkerCollection.Name)]
public sealed class AppStorageTests(WorkerWorld world)
{
    private readonly string _prefix = world.Azurite.FreshName();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadStatus_WhileAKernelIsInTheMiddleOfACommit_LeavesItToTheKernel()
    {
        var faults = new StorageFaults();
        using var kernel = await AzureStore.OpenAsync(faults.Of(world.Azurite.Account), _prefix, Cancel);
        await kernel.CommitAsync(Step(1), Cancel);
        var held = faults.Hold(request => StorageFaults.Changes(request, "signals"));
        var underWay = kernel.CommitAsync(Step(2), Cancel);
        await held.Arrived;
        using var reader = App();

        Assert.Equal(1, Ask.FieldOf(await new ReadApi(reader).ReadStatus(Ask.With(), Cancel), "OpenSignals").GetInt32());
        Assert.Equal((2, 1), await HeadAsync());
        Assert.Equal(1, await VersionAsync(reader));   // the last whole state

        held.LetGo();
        await underWay;   // nobody has overtaken it
        await kernel.CommitAsync(Step(3), Cancel);
        Assert.Equal(3, await VersionAsync(reader));
    }

    [Fact]
    public async Task ShardAsync_AfterAKernelThatDiedInTheMiddleOfACommit_CompletesItAndNobodyDoesBefore()
    {
        var faults = new StorageFaults();
        using (var killed = await AzureStore.OpenAsync(faults.Of(world.Azurite.Account, retries: 0), _prefix, Cancel))
        {
            await killed.CommitAsync(Step(1), Cancel);
            using var _ = faults.Refuse(request => StorageFaults.Changes(request, "signals"));
            await Assert.ThrowsAsync<StorageException>(() => killed.CommitAsync(Step(2), Cancel));
        }

        using var reader = App();
        await new ReadApi(reader).ReadStatus(Ask.With(), Cancel);
        Assert.Equal(((2, 1), 1), (await HeadAsync(), await VersionAsync(reader)));

        using var driver = App();
        await driver.ShardAsync(new NotedClient(), Cancel);

        Assert.Equal(((2, 2), 2), (await HeadAsync(), await VersionAsync(reader)));
    }

    [Fact]
    public async Task App_WithTheRightsOfTheTemplates_DecidesAsksAnswersAndComputes()
    {
        await using var hub = await TestHub.StartAsync();
        using (var store = await AzureStore.OpenBesideKernelAsync(world.Azurite.Account, _prefix, Cancel)) await SmallMarket.StoreAsync(store, SmallMarket.LiveMs, Cancel);
        using var writer = await ShardWriter.TakeAsync(world.Azurite.Account, _prefix, "main", TimeProvider.System, NullLogger.Instance, cancel: Cancel);
        await writer.BeginAsync(SmallMarket.Setup, Cancel);
        var (account, rights) = TemplateRights.Of(world.Azurite.Account, "functionsAccess", _prefix);
        using var app = new Parts(Bot(), TimeProvider.System, cancel => AppStorage.OpenAsync(account, _prefix, TimeProvider.System, cancel));
        await foreach (var batch in PublishedAsync(writer, 18)) await new MarketEvents(app).Run(new(ShardJson.Write(batch)), $"m{batch.Number}", 1, hub.Client, Cancel);
        var storage = await app.StorageAsync(Cancel);

        await new MarketTimers(app, NullLogger<MarketTimers>.Instance).RefreshCandles(new(), hub.Client, Cancel);
        await storage.TakeGivenUp(Cancel);
        await storage.Poison.PutAsync(new("bad", MarketNames.Events, 1, 5, "why", "what"), Cancel);
        await new ReadApi(app).ReadStatus(Ask.With(), Cancel);
        await new AdminApi(app).RemovePoison(Ask.With(), "bad", Cancel);
        await new Health(app).ReadReadiness(Ask.With(), Cancel);
        await storage.Backtests.WriteAsync("a/summary.json", "{}"u8.ToArray(), Cancel);
        await storage.Backtests.ReadAsync("a/summary.json", Cancel);
        await storage.Signals.ForgetAsync(new() { CandleDays = 1 }, GeneratedFeed.StartMs + (400L * 86_400_000), Cancel);

        Assert.Empty(rights.Refused);
        Assert.Equal(["roots"], Unused(rights));   // no day has ended
    }

    [Fact]
    public async Task TakeGivenUp_MessagesThatTheHostMoved_AreOnTheShelfOnceAndOffTheQueue()
    {
        using var app = App();
        var storage = await app.StorageAsync(Cancel);
        var queue = world.Azurite.Account.Queue(MarketNames.EventsPoison);   // made with the storage: nobody has moved anything yet
        await storage.Poison.PutAsync(new("told", MarketNames.Events, 1, 5, "InvalidDataException: told", "body one"), Cancel);
        foreach (var body in (string[])["body one", "body two", "body two"]) await queue.SendAsync(System.Text.Encoding.UTF8.GetBytes(body), cancel: Cancel);

        Assert.Equal(1, await storage.TakeGivenUp(Cancel));
        Assert.Equal(0, await storage.TakeGivenUp(Cancel));

        var shelf = await storage.Poison.ReadAsync(9, Cancel);
        Assert.Equal(["body one", "body two"], shelf.Select(one => one.Body).Order(StringComparer.Ordinal));
        Assert.Equal("InvalidDataException: told", shelf.Single(one => one.Id == "told").Reason);
        Assert.Contains("The host gave it up", shelf.Single(one => one.Id != "told").Reason, StringComparison.Ordinal);
        Assert.Equal(0, await queue.CountAsync(Cancel));
    }

    [Fact]
    public async Task MarketEvents_AnotherInstanceDiedInTheMiddleOfACommit_IsCompletedByTheOneThatLives()
    {
        var account = world.Azurite.Account;
        await using var hub = await TestHub.StartAsync();
        using (var store = await AzureStore.OpenBesideKernelAsync(account, _prefix, Cancel)) await SmallMarket.StoreAsync(store, SmallMarket.LiveMs, Cancel);
        using var writer = await ShardWriter.TakeAsync(account, _prefix, "main", TimeProvider.System, NullLogger.Instance, cancel: Cancel);
        await writer.BeginAsync(SmallMarket.Setup, Cancel);
        var batches = new List<MarketBatch>();
        foreach (var batch in SmallMarket.Batches(18)) batches.Add(await writer.PublishAsync(batch, Cancel));
        using var living = App();
        await TakeAsync(living, batches[4]);   // the signal is there, and moves with the seventh

        var faults = new StorageFaults();
        using (var dying = App(await AzureStore.OpenBesideKernelAsync(faults.Of(account, retries: 0), _prefix, Cancel)))
        {
            await TakeAsync(dying, batches[5]);
            using var _ = faults.Refuse(request => StorageFaults.Changes(request, "signals"));
            await Assert.ThrowsAsync<StorageException>(() => TakeAsync(dying, batches[6]));
        }

        var (decided, applied) = await HeadAsync();
        Assert.Equal(decided - 1, applied);
        using var reader = App();
        var before = (await (await reader.StorageAsync(Cancel)).Signals.LoadOpenAsync(Cancel)).MaxBy(signal => signal.Version)!;
        for (var tries = 1; ; tries++)   // as the queue brings it again
        {
            try
            {
                await TakeAsync(living, batches[^1]);
                break;
            }
            catch (StoreConflictException) when (tries < MarketEventsDesk.TriesMax)
            {
                // It has found that it was overtaken, and begins from what is stored.
            }
        }

        (decided, applied) = await HeadAsync();
        Assert.Equal(decided, applied);
        Assert.True((await (await reader.StorageAsync(Cancel)).Signals.FindAsync(before.Id, Cancel))!.Version > before.Version);
        using var now = await AzureStore.OpenBesideKernelAsync(account, _prefix, Cancel);
        Assert.Equal(await OneProcess.LedgerAsync(living.Bot, 18, Cancel), await OneProcess.LedgerAsync(now, Cancel));

        Task TakeAsync(Parts app, MarketBatch batch) => new MarketEvents(app).Run(new(ShardJson.Write(batch)), $"m{batch.Number}", 1, hub.Client, Cancel);
    }

    [Fact]
    public async Task RunPart_CandlesThatWereWrittenAfterTheInstanceOpenedItsStorage_AreComputedOnToo()
    {
        const int Bars = 96 * 12;
        var account = world.Azurite.Account;
        var (day, series) = (TimeFrame.D1.Ms(), new SeriesInfo(Symbol.Btc, TimeFrame.M15));
        var bars = GoldenMarket.Bars(Bars);
        using var holder = await AzureStore.OpenBesideKernelAsync(account, _prefix, Cancel);
        await holder.AppendAsync(series, bars.AsMemory(0, 96 * 4), Cancel);
        using var writer = await ShardWriter.TakeAsync(account, _prefix, "main", TimeProvider.System, NullLogger.Instance, cancel: Cancel);
        await writer.BeginAsync(new(new("exchange", 0, "", 0, 0, 0), [new(Symbol.Btc, SymbolRules.FromTick(0.01m))]), Cancel);
        using var app = App();
        var shelf = (await app.StorageAsync(Cancel)).Backtests;

        await holder.AppendAsync(series, bars.AsMemory(96 * 4), Cancel);   // in buckets of which the instance does not know
        await new BacktestActivities(app).RunPart(
            new("bt", 0, new() { Symbols = [Symbol.Btc], FromMs = 2 * day, ToMs = 12 * day, GroupSize = 1, WindowDays = 10, WarmUpDays = 2 }), Cancel);

        var outcome = PlannedBacktest.Read((await shelf.ReadAsync(BacktestPart.NameOf("bt", 0), Cancel))!.Value.Span);
        Assert.Equal((Bars, 12 * day), (outcome.Candles, outcome.DataToMs));
    }

    private static async IAsyncEnumerable<MarketBatch> PublishedAsync(ShardWriter writer, int count)
    {
        foreach (var batch in SmallMarket.Batches(count)) yield return await writer.PublishAsync(batch, Cancel);
    }

    // The queue of batches is the host's to read: the app is given its messages.
    private string[] Unused(TemplateRights rights) =>
    [
        .. rights.Rights.Granted.Except(rights.Rights.Used).Where(right => right != $"ownedQueues {MarketNames.Events}")
            .Select(right => right[(right.IndexOf(_prefix, StringComparison.Ordinal) + _prefix.Length)..].TrimStart('-')),
    ];

    private BotOptions Bot() => new()
    {
        Storage = new()
        {
            Kind = StorageKind.Azurite,
            Prefix = _prefix,
            BlobPort = world.Azurite.BlobPort,
            QueuePort = world.Azurite.QueuePort,
            TablePort = world.Azurite.TablePort,
        },
    };

    /// <summary>An instance of the app; over another store when one is given.</summary>
    private Parts App(AzureStore? store = null)
    {
        var bot = Bot();
        return new(bot, TimeProvider.System, async cancel =>
        {
            var opened = await AppStorage.OpenAsync(bot, TimeProvider.System, cancel) with { Commands = new CommandLog() };   // the queue is that of other tests
            return store is null ? opened : opened with { Signals = store, Candles = store, Drive = store.DriveAsync };
        });
    }

    private async Task<(long Decided, long Applied)> HeadAsync()
    {
        var head = (await world.Azurite.Account.Table(_prefix + "state").GetAsync("commits", "head", Cancel))!;
        return (head.Long("seq"), head.Long("applied"));
    }

    private static async Task<long> VersionAsync(Parts app) => (await (await app.StorageAsync(Cancel)).Signals.FindAsync("s1", Cancel))!.Version;

    private static StateChange Step(int number) => new()
    {
        Values = new Dictionary<string, string> { ["number"] = $"{number}" },
        Signals = [new("s1", Symbol.Btc, "ActionPrice", number, "{}", GeneratedFeed.StartMs, null)],
    };
}
