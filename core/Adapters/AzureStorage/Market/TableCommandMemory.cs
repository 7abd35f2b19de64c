using System.Globalization;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>
/// Ids of commands that were carried out, by wall time, in a partition beside the shard's. What is too old goes when it is read, and
/// while it grows a hundred at a time, so that a process that never ends leaves no more than one that does.
/// </summary>
/// <remarks>One call after the other.</remarks>
public sealed class TableCommandMemory : ICommandMemory
{
    private const int AtOnce = TableClient.TransactionMaxActions;

    private readonly TableClient _table;
    private readonly string _partition;
    private readonly TimeProvider _time;
    private readonly Queue<string> _keys = new();   // in the table, the oldest first
    private int _newest = CommandDesk.RememberedMax;

    /// <param name="account">Where.</param>
    /// <param name="prefix">Before the table's name.</param>
    /// <param name="shard">Such as <c>main</c>.</param>
    /// <param name="time">Wall time.</param>
    public TableCommandMemory(StorageAccount account, string prefix, string shard, TimeProvider time)
    {
        (_table, _time) = (account.Table(MarketNames.Market(prefix)), time);
        _partition = $"{TableKey.Of(shard)}|commands";
    }

    /// <inheritdoc/>
    /// <remarks>From here on so many are kept, and a hundred more at times.</remarks>
    public async Task<IReadOnlyList<string>> LoadAsync(int newest, CancellationToken cancel = default)
    {
        var rows = new List<(string Key, string Id)>();
        await foreach (var row in _table.QueryAsync(TableFilter.Partition(_partition), cancel: cancel)) rows.Add((row.Key, row.Text("id")));
        _newest = newest;
        _keys.Clear();
        foreach (var (key, _) in rows) _keys.Enqueue(key);
        await TrimAsync(newest, cancel);
        return [.. rows.Skip(Math.Max(0, rows.Count - newest)).Select(row => row.Id)];
    }

    public async Task AddAsync(string id, CancellationToken cancel = default)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow().ToUnixTimeMilliseconds():D15}|{TableKey.Of(id)}");
        await _table.ApplyAsync(TableAction.Upsert(new TableRow(_partition, key).With("id", id)), cancel);
        _keys.Enqueue(key);
        if (_keys.Count >= _newest + AtOnce) await TrimAsync(_newest, cancel);
    }

    private async Task TrimAsync(int newest, CancellationToken cancel)
    {
        while (_keys.Count > newest)
        {
            var old = _keys.Take(Math.Min(AtOnce, _keys.Count - newest)).Distinct(StringComparer.Ordinal).ToArray();
            var outcome = await _table.TransactAsync([.. old.Select(key => TableAction.Delete(_partition, key))], cancel);
            // Another holder has deleted one of them: one by one, then.
            if (outcome == TableOutcome.Missing)
            {
                foreach (var key in old) await _table.ApplyAsync(TableAction.Delete(_partition, key), cancel);
            }

            for (var i = Math.Min(AtOnce, _keys.Count - newest); i > 0; i--) _keys.Dequeue();
        }
    }
}
