using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Sidecar;

/// <summary>Everything that the sidecar keeps in storage, or reads there.</summary>
internal sealed class SidecarStores : IAsyncDisposable
{
    private readonly StorageAccount _account;
    private readonly string _prefix;
    private readonly ILoggerFactory _logs;
    private readonly TimeProvider _time;

    private SidecarStores(
        StorageAccount account, string prefix, AzureStore store, SidecarOptions options, CommandReaderOptions commands, ILoggerFactory logs, TimeProvider time)
    {
        (_account, _prefix, _logs, _time, Store) = (account, prefix, logs, time, store);
        Log = new(account, prefix);
        Beats = new(account, prefix);
        Backtests = new(account.Container(prefix + "-backtests"));
        Poison = new(account, prefix);
        ActionPrice = new(account, prefix);
        Lease = new(
            account, prefix,
            new() { Duration = TimeSpan.FromSeconds(options.LeaseSeconds), RenewEvery = TimeSpan.FromSeconds(options.LeaseRenewSeconds) },
            time, logs.CreateLogger("FuturesBot.Lease"));
        Commands = new(
            account.Queue(MarketNames.Commands), new(account, prefix), Poison,
            commands with { PollEvery = TimeSpan.FromSeconds(options.CommandPollSeconds), SweepEvery = TimeSpan.FromSeconds(options.CommandSweepSeconds) },
            time, logs.CreateLogger("FuturesBot.Commands"));
    }

    /// <summary>Candles, and what the kernel of the shard has committed.</summary>
    public AzureStore Store { get; }

    /// <summary>What people have chosen.</summary>
    public IValueStore Values => Store;

    /// <summary>Messages that wait to be sent.</summary>
    public IOutbox Outbox => Store.Outbox;

    public TableBatchLog Log { get; }

    public TableBeats Beats { get; }

    /// <summary>What the functions have computed.</summary>
    public BlobBacktests Backtests { get; }

    public TablePoisonShelf Poison { get; }

    /// <summary>Action Price's own record of its signals.</summary>
    public ActionPriceLines ActionPrice { get; }

    public SidecarLease Lease { get; }

    public CommandQueueReader Commands { get; }

    /// <summary>Which commands were carried out.</summary>
    public TableCommandMemory Done(string shard) => new(_account, _prefix, shard, _time);

    /// <summary>What signals asked to be told of.</summary>
    public TableWatches Watches(string shard) => new(_account, _prefix, shard);

    /// <summary>Opens what is there, and makes what is missing.</summary>
    /// <param name="account">Where.</param>
    /// <param name="prefix">Before the names of tables and containers.</param>
    /// <param name="options">How often the lease is renewed, and commands are read.</param>
    /// <param name="logs">Where it logs.</param>
    /// <param name="time">Wall time.</param>
    /// <param name="commands">How often a command is tried, and when; the usual when null.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="StorageException">The account does not answer, or refuses.</exception>
    public static async Task<SidecarStores> OpenAsync(
        StorageAccount account, string prefix, SidecarOptions options, ILoggerFactory logs, TimeProvider time, CommandReaderOptions? commands = null,
        CancellationToken cancel = default)
    {
        var stores = new SidecarStores(account, prefix, await AzureStore.OpenBesideKernelAsync(account, prefix, cancel), options, commands ?? new(), logs, time);
        await stores.Log.CreateAsync(cancel);
        await stores.Beats.CreateAsync(cancel);
        await stores.Poison.CreateAsync(cancel);
        await stores.Backtests.CreateAsync(cancel);
        await stores.Commands.CreateAsync(cancel);
        return stores;
    }

    /// <summary>Takes a shard over: whoever held it before writes nothing more.</summary>
    public async Task<IShardWriter> TakeShardAsync(string shard, CancellationToken cancel)
    {
        var writer = await ShardWriter.TakeAsync(_account, _prefix, shard, _time, _logs.CreateLogger("FuturesBot.Shard"), cancel: cancel);
        await Store.RefreshAsync(cancel);   // what the holder before has written since this process began
        return writer;
    }

    public async ValueTask DisposeAsync()
    {
        await Lease.DisposeAsync();
        Store.Dispose();
    }
}
