using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Logs;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using Xunit;

namespace FuturesBot.Sidecar.Tests;

/// <summary>
/// The kernel of a shard over the queue, as a queue trigger runs it.
/// </summary>
internal sealed class Kernel : IAsyncDisposable
{
    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly StorageAccount _account;
    private readonly AzureStore _store;
    private readonly ShardRunner _shard;
    private readonly MarketEventsDesk _desk;
    private readonly Task _running;

    private Kernel(StorageAccount account, string prefix, AzureStore store, BotOptions bot)
    {
        (_account, _store) = (account, store);
        _shard = new(new()
        {
            Shard = "main",
            Options = bot.Kernel,
            LedgerDepth = bot.Ledger.Depth,
            Log = new TableBatchLog(account, prefix),
            Signals = store,
            Candles = store,
            OpenLedger = () => new LedgerPieceStream(),
            Effects = Heard,
            Listener = Heard,
            Readers = KyivTime.Zone,
            Time = TimeProvider.System,
        });
        _desk = new(_shard, new TableBeats(account, prefix), new TablePoisonShelf(account, prefix), TimeProvider.System);
        _running = Task.Run(RunAsync);
    }

    /// <summary>What it was told, and had carried out.</summary>
    public KernelHeard Heard { get; } = new();

    public long Number => _shard.Number;

    /// <summary>The last closing time that it took in.</summary>
    public long NowMs => _shard.Runner?.NowMs ?? 0;

    /// <summary>Takes in what the log holds and nobody was told of; the number it stands at.</summary>
    public async Task<long> CatchUpAsync()
    {
        await _shard.CatchUpAsync(_stop.Token);
        return _shard.Number;
    }

    /// <summary>True while it works; throws what ended it.</summary>
    public bool IsAlive => _running.IsFaulted ? throw new InvalidOperationException("The kernel has ended", _running.Exception.GetBaseException()) : true;

    public string Hash => _shard.Runner?.LedgerPosition.Hash ?? "";

    public static async Task<Kernel> StartAsync(StorageAccount account, string prefix, BotOptions bot) =>
        new(account, prefix, await AzureStore.OpenAsync(account, prefix, cancel: TestContext.Current.CancellationToken), bot);

    /// <summary>Ends it where it is, in the middle of whatever it does.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _shard.Dispose();
        _store.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var queue = _account.Queue(MarketNames.Events);
        await queue.CreateAsync(_stop.Token);
        while (true)
        {
            try
            {
                var received = await queue.ReceiveAsync(16, Hidden, _stop.Token);
                foreach (var message in received)
                {
                    await _desk.HandleAsync(message.Body, message.Id, deliveries: 1, _stop.Token);
                    await queue.DeleteAsync(message, _stop.Token);
                }

                if (received.Count == 0) await Task.Delay(50, _stop.Token);
            }
            catch (Exception e) when (e is StorageException or StoreConflictException or IOException && !_stop.IsCancellationRequested)
            {
                await Task.Delay(100, _stop.Token);   // it comes again
            }
        }
    }
}
