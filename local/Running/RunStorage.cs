using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Sqlite;
using FuturesBot.Dashboard.Running;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Local.Running;

/// <summary>The store and the ledger of a run, by what the settings say keeps them.</summary>
/// <param name="store">The store; it belongs to whoever opened it.</param>
/// <param name="files">The state folder.</param>
internal sealed class RunStorage(IRunStore store, StateFolder files) : IDisposable
{
    public IRunStore Store => store;

    /// <summary>The store's file; empty where it is none.</summary>
    public string StorePath => store is SqliteStore ? files.StorePath : "";

    /// <summary>Where the ledger is, for people.</summary>
    public string LedgerPlace => store is AzureStore azure ? azure.Ledger.Place : files.LedgerPath;

    /// <exception cref="StoreUnavailableException">Nothing can be kept there, with what to do about it.</exception>
    /// <exception cref="StorageException">The storage account refuses.</exception>
    public static async Task<RunStorage> OpenAsync(StorageOptions options, StateFolder files, TimeProvider time, CancellationToken cancel)
    {
        if (options.Kind == StorageKind.Sqlite) return new(SqliteStore.Open(files.StorePath), files);
        if (await StorageAccounts.FaultAsync(options, cancel) is { } fault) throw new StoreUnavailableException(fault);
        return new(await AzureStore.OpenAsync(StorageAccounts.Open(options, time), options.Prefix, cancel: cancel), files);
    }

    /// <summary>Where the run's ledger is written: a file, or the commits of the store.</summary>
    public Stream OpenLedger() => store is AzureStore ? new LedgerPieceStream() : files.OpenLedger();

    public LedgerCheck Check(TimeProvider time) => store is AzureStore azure
        ? new(
            async () =>
            {
                var found = await azure.Ledger.VerifyAsync();
                return new(found.Last, found.Fault);
            },
            time)
        : new(files.LedgerPath, time);

    public void Dispose() => store.Dispose();
}
