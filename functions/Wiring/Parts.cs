using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Logs;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;
using FuturesBot.Functions.Tracking;
using Microsoft.DurableTask.Client;

namespace FuturesBot.Functions.Wiring;

/// <summary>
/// What functions are made of. The storage is opened with the first invocation, because a worker has 15 seconds to start; one opening
/// that fails fails its invocation, and the next tries anew.
/// </summary>
public sealed class Parts(BotOptions bot, TimeProvider time, Func<CancellationToken, Task<StorageParts>> open, IShardListener? listener = null) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly DurableSignals _signals = new();
    private readonly Gauges _gauges = new();
    private StorageParts? _storage;
    private ShardRunner? _shard;

    public BotOptions Bot => bot;

    /// <summary>The one portfolio.</summary>
    public string Shard => bot.Sidecar.Shard;

    public TimeProvider Time => time;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Wall time and, on the real exchange, market time: UTC, Unix milliseconds.</summary>
    public long NowMs => Now.ToUnixTimeMilliseconds();

    public async Task<StorageParts> StorageAsync(CancellationToken cancel)
    {
        if (_storage is { } opened) return opened;
        await _turn.WaitAsync(cancel);
        try
        {
            return _storage ??= await open(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The orchestrations of signals, reached through this client.</summary>
    public DurableSignals Signals(DurableTaskClient client)
    {
        _signals.Use(client);
        return _signals;
    }

    /// <summary>
    /// The kernel of the shard; its state is read with its first batch. Only who asks for it commits, and completes what a kernel that
    /// died has left half done.
    /// </summary>
    public async Task<ShardRunner> ShardAsync(DurableTaskClient client, CancellationToken cancel)
    {
        var storage = await StorageAsync(cancel);
        Signals(client);
        await _turn.WaitAsync(cancel);
        try
        {
            if (_shard is not null) return _shard;
            await storage.Drive(cancel);
            return _shard = Observed(new(new()
            {
                Shard = Shard,
                Options = bot.Kernel,
                LedgerDepth = bot.Ledger.Depth,
                Retention = bot.Retention,
                Log = storage.Log,
                Signals = storage.Signals,
                Candles = storage.Candles,
                OpenLedger = storage.OpenLedger,
                Effects = new OrchestratedEffects(_signals, new CommandedEffects(storage.Commands)),
                Readers = KyivTime.Zone,
                Listener = listener,
                // A market that runs at another pace has another time, and nobody here knows it.
                Clock = bot.Sidecar.Speed is 1 ? new WallClock(time) : null,
                Time = time,
            }));
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<MarketEventsDesk> MarketEventsAsync(DurableTaskClient client, CancellationToken cancel)
    {
        var storage = await StorageAsync(cancel);
        return new(await ShardAsync(client, cancel), storage.Beats, storage.Poison, time);
    }

    /// <summary>What signals there are is told by the sidecar, which follows this kernel; how quick this one is, by nobody else.</summary>
    private ShardRunner Observed(ShardRunner shard)
    {
        _gauges.AddLatency(() => shard.Runner);
        return shard;
    }

    public void Dispose()
    {
        _gauges.Dispose();
        _shard?.Dispose();
        _turn.Dispose();
    }
}
