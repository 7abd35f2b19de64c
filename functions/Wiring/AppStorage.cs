using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Engine.Ledger;

namespace FuturesBot.Functions.Wiring;

/// <summary>Opens the storage account that the functions share with the sidecar.</summary>
public static class AppStorage
{
    /// <summary>Opens what is there; on this machine it makes what is missing, in Azure the templates have made all of it.</summary>
    /// <exception cref="StorageException">The account does not answer, or refuses.</exception>
    public static Task<StorageParts> OpenAsync(BotOptions bot, TimeProvider time, CancellationToken cancel) =>
        OpenAsync(StorageAccounts.Open(bot.Storage, time, isShortLived: true), bot.Storage.Prefix, time, cancel);

    /// <inheritdoc cref="OpenAsync(BotOptions, TimeProvider, CancellationToken)"/>
    internal static async Task<StorageParts> OpenAsync(StorageAccount account, string prefix, TimeProvider time, CancellationToken cancel)
    {
        var store = await AzureStore.OpenBesideKernelAsync(account, prefix, cancel);   // most instances only read
        var commands = new CommandQueueSender(account.Queue(MarketNames.Commands), new(account, prefix), time);
        var (log, beats, poison) = (new TableBatchLog(account, prefix), new TableBeats(account, prefix), new TablePoisonShelf(account, prefix));
        var givenUp = account.Queue(MarketNames.EventsPoison);
        var backtests = new BlobBacktests(account.Container(prefix + "-backtests"));
        await commands.CreateAsync(cancel);
        await log.CreateAsync(cancel);
        await beats.CreateAsync(cancel);
        await poison.CreateAsync(cancel);
        await givenUp.CreateAsync(cancel);
        await backtests.CreateAsync(cancel);
        return new()
        {
            Log = log,
            Signals = store,
            Candles = store,
            Drive = store.DriveAsync,
            OpenLedger = () => new LedgerPieceStream(),   // its lines are committed with the step that wrote them
            Commands = commands,
            Beats = beats,
            Poison = poison,
            TakeGivenUp = new GivenUpMessages(givenUp, poison, time).TakeAsync,
            Backtests = backtests,
        };
    }
}
