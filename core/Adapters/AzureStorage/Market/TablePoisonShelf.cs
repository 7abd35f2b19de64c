using System.Globalization;
using System.Text;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>
/// Messages that could not be taken in, in a table: <c>t|time counting down|id</c> holds one, <c>id|…</c> says where it is.
/// </summary>
public sealed class TablePoisonShelf : IPoisonShelf
{
    private const string Partition = "poison";
    private const int BodyMaxBytes = 60_000;
    private const int ReasonMax = 4_000;

    private readonly TableClient _table;

    /// <param name="account">Where.</param>
    /// <param name="prefix">Before the table's name.</param>
    public TablePoisonShelf(StorageAccount account, string prefix = "futuresbot")
    {
        _table = account.Table(prefix + "poison");
    }

    /// <summary>Makes the table; one that is there is fine.</summary>
    public Task CreateAsync(CancellationToken cancel = default) => _table.CreateAsync(cancel);

    public async Task PutAsync(PoisonMessage message, CancellationToken cancel = default)
    {
        var id = TableKey.Of(message.Id);
        var key = string.Create(CultureInfo.InvariantCulture, $"t|{long.MaxValue - message.AtMs:D19}|{id}");
        var before = await _table.GetAsync(Partition, "id|" + id, cancel);
        var body = Encoding.UTF8.GetBytes(message.Body);
        List<TableAction> actions =
        [
            TableAction.Upsert(new TableRow(Partition, "id|" + id).With("at", key)),
            TableAction.Upsert(new TableRow(Partition, key)
                .With("id", message.Id).With("queue", message.Queue).With("at", message.AtMs).With("tries", message.Tries)
                .With("reason", message.Reason.Length <= ReasonMax ? message.Reason : message.Reason[..ReasonMax])
                .With("body", body.Length <= BodyMaxBytes ? body : body[..BodyMaxBytes])),
        ];
        if (before is not null && before.Text("at") != key) actions.Add(TableAction.Delete(Partition, before.Text("at")));
        var outcome = await _table.TransactAsync(actions, cancel);
        // The older one was taken away meanwhile: nothing is left to replace.
        if (outcome != TableOutcome.Done) await _table.TransactAsync(actions[..2], cancel);
    }

    public async Task<IReadOnlyList<PoisonMessage>> ReadAsync(int limit, CancellationToken cancel = default)
    {
        var found = new List<PoisonMessage>();
        if (limit <= 0) return found;
        await foreach (var row in _table.QueryAsync(TableFilter.Prefix(Partition, "t|"), Math.Clamp(limit, 1, 50), cancel))
        {
            found.Add(new(
                row.Text("id"), row.Text("queue"), row.Long("at"), row.Long("tries"), row.Text("reason"), Encoding.UTF8.GetString(row.Bytes("body"))));
            if (found.Count == limit) break;
        }

        return found;
    }

    public async Task<bool> RemoveAsync(string id, CancellationToken cancel = default)
    {
        var key = "id|" + TableKey.Of(id);
        if (await _table.GetAsync(Partition, key, cancel) is not { } place) return false;
        return await _table.TransactAsync(
            [TableAction.Delete(Partition, place.Text("at")), TableAction.Delete(Partition, key)], cancel) == TableOutcome.Done;
    }
}
