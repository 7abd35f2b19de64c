using System.Text;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Logs;
using FuturesBot.Engine.Sharding;
using FuturesBot.TestKit;

namespace FuturesBot.Functions.Tests;

/// <summary>What a kernel writes that nothing happens to, for comparison.</summary>
internal static class OneProcess
{
    /// <summary>The ledger of the small market's first batches through a kernel in this process, over memory.</summary>
    public static async Task<string> LedgerAsync(BotOptions bot, int batches, CancellationToken cancel)
    {
        var candles = new MemoryCandleStore();
        await SmallMarket.StoreAsync(candles, SmallMarket.LiveMs, cancel);
        var log = new MemoryBatchLog(SmallMarket.Setup);
        using var ledger = new MemoryStream();
        using var shard = new ShardRunner(new()
        {
            Shard = "main",
            Options = bot.Kernel,
            LedgerDepth = bot.Ledger.Depth,
            Log = log,
            Signals = new MemorySignalStore(candles),
            Candles = candles,
            OpenLedger = () => ledger,
            Effects = new CommandedEffects(new CommandLog()),
            Readers = KyivTime.Zone,
            Time = TimeProvider.System,
        });
        foreach (var batch in SmallMarket.Batches(batches)) await shard.TakeAsync(log.Add(batch), cancel);
        return Encoding.UTF8.GetString(ledger.ToArray());
    }

    /// <summary>The ledger that is kept in a store, all days of it.</summary>
    public static async Task<string> LedgerAsync(AzureStore store, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await foreach (var day in store.Ledger.DaysAsync(cancel)) await store.Ledger.CopyAsync(day, bytes, cancel);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
