using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Configuration;

namespace FuturesBot.Local.Doctor;

/// <summary>Where the settings want the state kept in Azure Storage: does it answer, and what is there?</summary>
internal static class StorageCheck
{
    private const string Area = "storage";

    public static async Task RunAsync(StorageOptions options, List<Finding> findings, CancellationToken cancel = default)
    {
        if (options.Kind == StorageKind.Sqlite) return;
        if (await StorageAccounts.FaultAsync(options, cancel) is { } absent)
        {
            findings.Add(Finding.Fault(Area, $"{absent}", "Start Azurite, or set storage.kind to sqlite"));
            return;
        }

        try
        {
            var account = StorageAccounts.Open(options);
            // It is asked; nothing is made.
            var run = await account.Table(options.Prefix + "state").GetAsync("values", "run", cancel);
            var days = run is null ? 0 : await new AzureLedger(account, options.Prefix, AzureLedger.MainShard).DaysAsync(cancel).CountAsync(cancel);
            var sentence = run is null ? "has no run yet; the first one makes it" : $"holds a run with {days} days of ledger";
            findings.Add(Finding.Ok(Area, $"{options.Kind.ToString().ToLowerInvariant()} answers at {account.Endpoints.Tables.Host}, and prefix '{options.Prefix}' {sentence}"));
        }
        catch (StorageException wrong)
        {
            findings.Add(Finding.Fault(
                Area, $"{wrong.Message}",
                wrong.Status is 401 or 403
                    ? "Give the identity the roles 'Storage Blob Data Contributor', 'Storage Table Data Contributor' and 'Storage Queue Data Contributor' on the account"
                    : "Look at storage.account and the way to it"));
        }
    }
}
