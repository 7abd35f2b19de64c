using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Logs;
using FuturesBot.Adapters.Tests.AzureStorage;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Sidecar.Tests;

/// <summary>
/// An hour of market through exchange, sidecar, queue and kernel over Azurite, of which sidecar and kernel are killed and storage is
/// stopped on the way. What is left must be what one undisturbed process computes of the same batches: every candle, signal and line of the ledger once.
/// </summary>
[Collection(AzuriteCollection.Name)]
public sealed class HourTests(AzuriteServer azurite) : IDisposable
{
    private const double Speed = 240;   // an hour of market in fifteen seconds
    private const string Prefix = "hour";
    private static readonly long HourMs = TimeFrame.H1.Ms();

    private readonly string _folder = Directory.CreateTempSubdirectory("futuresbot-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Hour_WithSidecarKernelAndStorageKilled_LeavesEverythingOnceAsOneProcessComputesIt()
    {
        await using var storage = await MortalAzurite.StartAsync(azurite, Path.Combine(_folder, "azurite"));
        var account = storage.Account;
        await using var exchange = await Life.ExchangeAsync(Speed, symbols: 4);
        var bot = Life.BotOf(exchange.Rest, Speed, _folder);
        using var first = SidecarProgram.Start(storage.Endpoints, Prefix, exchange.Rest, Speed, Path.Combine(_folder, "first"));
        await first.UntilAsync("ready");
        var kernel = await Kernel.StartAsync(account, Prefix, bot);
        var beganMs = exchange.NowMs;
        await UntilAsync(async () => await HeadAsync(account) is >= 2, "the first batches are published");

        await kernel.DisposeAsync();   // in the middle of whatever it did: what it had in memory is gone
        kernel = await Kernel.StartAsync(account, Prefix, bot);
        storage.Stop();
        await Task.Delay(500, Cancel);
        await storage.RestartAsync();
        var before = await HeadAsync(account);
        await UntilAsync(async () => await HeadAsync(account) > before, "it goes on when storage is back");
        first.Kill();
        using var second = SidecarProgram.Start(storage.Endpoints, Prefix, exchange.Rest, Speed, Path.Combine(_folder, "second"));
        await second.UntilAsync("ready");
        await UntilAsync(async () => exchange.NowMs - beganMs > HourMs && await HeadAsync(account) > before + 2, "the hour is over");
        await second.TerminateAsync();
        var head = await HeadAsync(account);
        // What follows the last batch that wakes is taken in with the next, which does not come any more.
        await UntilAsync(async () => kernel.IsAlive && await kernel.CatchUpAsync() == head, "the kernel has taken everything in");
        var hash = kernel.Hash;
        await kernel.DisposeAsync();

        var batches = await Published.ReadAsync(account, Prefix);
        Published.AssertEachOnce(batches, symbols: 4);
        using var store = await AzureStore.OpenAsync(account, Prefix, cancel: Cancel);
        await AssertStoredAsync(store, batches);
        Assert.Null((await store.Ledger.VerifyAsync(cancel: Cancel)).Fault);
        Assert.Equal((hash, await SignalsAsync(store)), await UndisturbedAsync(account, store, batches, bot));
    }

    /// <summary>What was told is what is stored, and none is missing between the first and the last.</summary>
    private static async Task AssertStoredAsync(AzureStore store, IReadOnlyList<MarketBatch> batches)
    {
        foreach (var series in batches.SelectMany(batch => batch.Candles).GroupBy(one => one.Series))
        {
            var told = series.OrderBy(one => one.Candle.OpenTimeMs).Select(one => one.Candle).ToArray();
            var stored = await store.ReadAsync(series.Key, told[0].OpenTimeMs, told[^1].OpenTimeMs + 1, cancel: Cancel);
            if (series.Key.Frame >= TimeFrame.M15) Assert.Equal(stored, told);
            else Assert.Empty(told.Except(stored));
        }
    }

    /// <summary>One process, memory alone, over the same batches and the past that is stored.</summary>
    private static async Task<(string Hash, string Signals)> UndisturbedAsync(
        StorageAccount account, AzureStore stored, IReadOnlyList<MarketBatch> batches, Adapters.Configuration.BotOptions bot)
    {
        var memory = new MemorySignalStore(new MemoryCandleStore());
        using var runner = new ShardRunner(new()
        {
            Shard = "main",
            Options = bot.Kernel,
            LedgerDepth = bot.Ledger.Depth,
            Log = new TableBatchLog(account, Prefix),
            Signals = memory,
            Candles = stored,
            OpenLedger = () => new NullLedgerStream(),
            Effects = new Nothing(),
            Readers = KyivTime.Zone,
            Time = TimeProvider.System,
        });
        foreach (var batch in batches) Assert.Equal(1, (await runner.TakeAsync(batch, Cancel)).Taken);
        return (runner.Runner!.LedgerPosition.Hash, await SignalsAsync(memory));
    }

    private static async Task<string> SignalsAsync(ISignalStore store)
    {
        var all = (await store.LoadOpenAsync(Cancel)).Concat(await store.LoadClosedAsync(10_000, cancel: Cancel));
        return string.Join('\n', all.Select(signal => $"{signal.Id} {signal.DecidedAtMs} {signal.ClosedAtMs} {signal.Version} {signal.StateJson}").Order(StringComparer.Ordinal));
    }

    private static async Task<long> HeadAsync(StorageAccount account) => (await new TableBatchLog(account, Prefix).HeadAsync("main", Cancel))?.Number ?? 0;

    private static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        for (var i = 0; i < 900; i++)
        {
            if (await isSo()) return;
            await Task.Delay(100, Cancel);
        }

        Assert.Fail($"It was not so within 90 s that {what}");
    }

    private sealed class Nothing : IEffectCarrier
    {
        public bool HasDone(StoredEffect effect) => true;

        public Task CarryOutAsync(StoredEffect effect) => Task.CompletedTask;
    }
}
