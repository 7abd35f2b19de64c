using System.Diagnostics;
using System.Globalization;
using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;
using FuturesBot.TestKit;

namespace FuturesBot.Bench.Load;

/// <summary>
/// Everything closes at once: how long it takes from the batches of a closing time to the committed decisions, warm, and how long a
/// host needs that starts with nothing.
/// </summary>
internal sealed class LoadRun(LoadOptions options)
{
    private const int WarmUpDays = 36;   // 200 bars of 4h, and the 1,200 of 15m that Action Price wants

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var startMs = GeneratedFeed.StartMs;
        var beginMs = startMs + (WarmUpDays * TimeFrame.D1.Ms());
        var market = new LoadMarket(options.Symbols, startMs);
        Say($"{options.Symbols} symbols, {options.Hours} h of closing times, {(options.AzuriteBlobPort == 0 ? "in memory" : "over Azurite")}");
        using var store = await OpenAsync(cancel);
        var log = new MemoryBatchLog();
        log.Begin(new(new("generated", 1, "", startMs, beginMs, beginMs), market.Listings));

        var clock = Stopwatch.StartNew();
        var past = new Dictionary<SeriesInfo, List<Candle>>();
        for (var closeMs = startMs; closeMs < beginMs;)
        {
            (closeMs, var closed) = market.Next();
            foreach (var one in closed) (past.TryGetValue(one.Series, out var known) ? known : past[one.Series] = []).Add(one.Candle);
        }

        Say($"past generated in {Seconds(clock)}");
        clock.Restart();
        foreach (var frame in past.GroupBy(series => series.Key.Frame))
            await store.Commit(new() { Candles = [.. frame.Select(series => new CandleBatch(series.Key, series.Value.ToArray()))] }, cancel);
        Say($"past stored in {Seconds(clock)}: {past.Values.Sum(bars => bars.Count):N0} candles");
        past.Clear();

        using var shard = NewShard(store, log);
        clock.Restart();
        await shard.OpenAsync(cancel);
        Say($"built from stored candles in {Seconds(clock)}");

        var took = new List<double>();
        var (batches, bytes) = (0, 0L);
        for (var i = 0; i < options.Hours * 4; i++)
        {
            var (closeMs, candles) = market.Next();
            var contexts = market.Listings.Select(listing => new SymbolContext(listing.Symbol, new(0.12, 0.1, -0.003, 64.5, -0.25, 0.00012)));
            var parts = log.Publish(new() { Shard = "main", Number = 0, CloseMs = closeMs, Candles = candles, Contexts = [.. contexts] });
            var bodies = parts.Select(ShardJson.Write).ToArray();
            (batches, bytes) = (batches + bodies.Length, bytes + bodies.Sum(body => (long)body.Length));
            clock.Restart();
            foreach (var body in bodies) await shard.TakeAsync(ShardJson.ReadBatch(body), cancel);
            took.Add(clock.Elapsed.TotalMilliseconds);
        }

        took.RemoveRange(0, Math.Min(4, took.Count - 1));   // the first hour compiles
        took.Sort();
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"a closing time: p50 {At(0.5):0} ms, p95 {At(0.95):0} ms, longest {took[^1]:0} ms ({took.Count} of them; {batches} batches, {bytes / batches / 1024.0:0.0} KiB each)"));
        var kernel = await store.Signals.LoadSnapshotAsync("kernel", cancel);
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"the kernel's state: {kernel!.Bytes.Length / 1048576.0:0.0} MiB, {kernel.Bytes.Length / 1024.0 / options.Symbols:0.0} KiB a symbol; "
            + $"{shard.Runner!.Signals.Live.Count()} signals live, {shard.Runner.Signals.EndedCount} ended"));

        using var again = NewShard(store, log);
        clock.Restart();
        await again.OpenAsync(cancel);
        Say($"state read back in {Seconds(clock)}; memory {GC.GetTotalMemory(forceFullCollection: true) / 1048576} MiB");
        var within = At(0.95) <= 5_000;
        Say($"{(within ? "holds" : "MISSED")}: decided within 5 s of the close at p95, warm");
        return within ? 0 : 1;

        double At(double share) => took[(int)Math.Min(took.Count - 1, Math.Ceiling(share * took.Count))];
    }

    private async Task<Stored> OpenAsync(CancellationToken cancel)
    {
        if (options.AzuriteBlobPort == 0)
        {
            var candles = new MemoryCandleStore();
            return new(candles, new MemorySignalStore(candles), null);
        }

        var port = options.AzuriteBlobPort;
        var account = new StorageAccount(StorageEndpoints.OfAzurite(blobPort: port, queuePort: port + 1, tablePort: port + 2), StorageCredential.Azurite);
        var azure = await AzureStore.OpenAsync(account, string.Create(CultureInfo.InvariantCulture, $"load{Environment.ProcessId}"), cancel: cancel);
        return new(azure, azure, azure);
    }

    private static ShardRunner NewShard(Stored store, IBatchLog log) => new(new()
    {
        Shard = "main",
        Options = KernelOptions.Default,
        Log = log,
        Signals = store.Signals,
        Candles = store.Candles,
        OpenLedger = () => new NullLedgerStream(),
        LedgerDepth = Engine.Recording.LedgerDepth.Off,
        Effects = new OrchestratedEffects(new Nobody(), new Nobody()),
        Time = TimeProvider.System,
    });

    private static string Seconds(Stopwatch clock) => string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0.0} s");

    private static void Say(string line) => Console.WriteLine(line);

    private sealed record Stored(ICandleStore Candles, ISignalStore Signals, IDisposable? Owned) : IDisposable
    {
        public Task<AppendCounts> Commit(StateChange change, CancellationToken cancel) => Signals.CommitAsync(change, cancel);

        public void Dispose() => Owned?.Dispose();
    }

    private sealed class Nobody : ISignalOrchestrations, Engine.Running.IEffectCarrier
    {
        public Task StartAsync(TrackedSignal begun, CancellationToken cancel = default) => Task.CompletedTask;

        public Task RaiseAsync(string signalId, SignalMessage message, CancellationToken cancel = default) => Task.CompletedTask;

        public bool HasDone(StoredEffect effect) => false;

        public Task CarryOutAsync(StoredEffect effect) => Task.CompletedTask;
    }
}
