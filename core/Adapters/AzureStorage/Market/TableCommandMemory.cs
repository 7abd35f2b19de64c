using System.Globalization;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>Ids of commands that were carried out, by wall time, in a partition beside the shard's. What is too old goes when it is read.</summary>
public sealed class TableCommandMemory : ICommandMemory
{
    private readonly TableClient _table;
    private readonly string _partition;
    private readonly TimeProvider _time;

    /// <param name="account">Where.</param>
    /// <param name="prefix">Before the table's name.</param>
    /// <param name="shard">Such as <c>main</c>.</param>
    /// <param name="time">Wall time.</param>
    public TableCommandMemory(StorageAccount account, string prefix, string shard, TimeProvider time)
    {
        (_table, _time) = (account.Table(MarketNames.Market(prefix)), time);
        _partition = $"{TableKey.Of(shard)}|commands";
    }

    public async Task<IReadOnlyList<string>> LoadAsync(int newest, CancellationToken cancel = default)
    {
        var rows = new List<(string Key, string Id)>();
        await foreach (var row in _table.QueryAsync(TableFilter.Partition(_partition), cancel: cancel)) rows.Add((row.Key, row.Text("id")));
        var old = Math.Max(0, rows.Count - newest);
        foreach (var some in rows.Take(old).Chunk(TableClient.TransactionMaxActions))
            await _table.TransactAsync([.. some.Select(row => TableAction.Delete(_partition, row.Key))], cancel);
        return [.. rows.Skip(old).Select(row => row.Id)];
    }

    public async Task AddAsync(string id, CancellationToken cancel = default)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow().ToUnixTimeMilliseconds():D15}|{TableKey.Of(id)}");
        await _table.ApplyAsync(TableAction.Upsert(new TableRow(_partition, key).With("id", id)), cancel);
    }
}
