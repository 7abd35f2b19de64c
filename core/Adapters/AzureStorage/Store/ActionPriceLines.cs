using System.Globalization;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.AzureStorage.Store;

/// <summary>
/// Action Price's own record of its signals, a row a line in partition <c>action-price</c> of the table <c>state</c>, by the time and id of the
/// effect: the same line again is the same row.
/// </summary>
/// <param name="account">Where.</param>
/// <param name="prefix">Before the table's name.</param>
public sealed class ActionPriceLines(StorageAccount account, string prefix = "futuresbot")
{
    private const string Partition = "action-price";

    private readonly TableClient _table = account.Table(prefix + "state");

    /// <summary>Adds a line; one that is there changes nothing.</summary>
    public async Task AddAsync(StoredEffect effect, CancellationToken cancel = default) => await _table.ApplyAsync(
        TableAction.Upsert(new TableRow(Partition, $"{KeyOf(effect.CreatedAtMs)}|{TableKey.Of(effect.Id)}")
            .With("id", effect.Id).With("signal", effect.SignalId).With("at", effect.CreatedAtMs).With("line", effect.PayloadJson)),
        cancel);

    /// <summary>The lines of [<paramref name="fromMs"/>, <paramref name="toMs"/>), market time, in order of time.</summary>
    public async IAsyncEnumerable<ActionPriceLine> ReadAsync(
        long fromMs, long toMs, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var row in _table.QueryAsync(TableFilter.Range(Partition, KeyOf(fromMs), KeyOf(toMs)), cancel: cancel))
            yield return new(row.Text("id"), row.Long("at"), row.Text("line"));
    }

    /// <summary>Deletes the lines before a moment of market time; how many.</summary>
    public async Task<long> ForgetAsync(long beforeMs, CancellationToken cancel = default)
    {
        var forgotten = 0L;
        await foreach (var row in _table.QueryAsync(TableFilter.Range(Partition, KeyOf(0), KeyOf(beforeMs)), cancel: cancel))
        {
            await _table.ApplyAsync(TableAction.Delete(Partition, row.Key), cancel);
            forgotten++;
        }

        return forgotten;
    }

    private static string KeyOf(long atMs) => Math.Clamp(atMs, 0, 999_999_999_999_999).ToString("D15", CultureInfo.InvariantCulture);
}
