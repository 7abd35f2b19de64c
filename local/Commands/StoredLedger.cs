using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Configuration;

namespace FuturesBot.Local.Commands;

/// <summary>What <c>verify --storage</c> does: the ledger in append blobs, day by day, and the published roots of its days.</summary>
internal static class StoredLedger
{
    public static async Task<int> VerifyAsync(ParseResult parsed, StorageOptions options, FileInfo? copy, bool json, CancellationToken cancel)
    {
        if (await StorageAccounts.FaultAsync(options, cancel) is { } absent) return parsed.Fail(absent, Invocation.BadUsage);
        try
        {
            var ledger = new AzureLedger(StorageAccounts.Open(options), options.Prefix, AzureLedger.MainShard);
            await using var file = copy?.Create();
            var found = await ledger.VerifyAsync(file, cancel);
            if (found.Days == 0) return parsed.Fail($"There is no ledger in {ledger.Place}: no run was kept there");
            var console = parsed.InvocationConfiguration.Output;
            await console.WriteLineAsync(json ? ToJson(ledger, found).ToJsonString() : Text(found));
            if (!json) LedgerDaysText.Print(console, found.ByDay);
            return found.IsWhole ? Invocation.Done : Invocation.Failed;
        }
        catch (StorageException wrong) when (wrong.Status == 404)
        {
            return parsed.Fail($"There is no ledger under prefix '{options.Prefix}': no run was kept there");
        }
        catch (Exception wrong) when (wrong is StorageException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return parsed.Fail(wrong.Message);
        }
    }

    private static string Text(AzureLedgerVerdict found) => found.Fault ?? string.Create(
        CultureInfo.InvariantCulture,
        $"whole so far: {found.Last.Seq:N0} lines of {found.Days} days, root {found.Last.Hash}; {found.Roots} published roots agree{Missing(found)}");

    private static string Missing(AzureLedgerVerdict found) =>
        found.Unpublished.Count == 0 ? "" : $"; not published: {string.Join(", ", found.Unpublished.Select(Day))}";

    private static JsonObject ToJson(AzureLedger ledger, AzureLedgerVerdict found) => new()
    {
        ["ledger"] = ledger.Place,
        ["ok"] = found.IsWhole,
        ["lines"] = found.Last.Seq,
        ["root"] = found.Last.Hash,
        ["days"] = found.Days,
        ["day_roots"] = LedgerDaysText.ToJson(found.ByDay),
        ["roots_compared"] = found.Roots,
        ["not_published"] = new JsonArray([.. found.Unpublished.Select(day => (JsonNode)Day(day))]),
        ["fault"] = found.Fault,
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
