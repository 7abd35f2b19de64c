using System.Text.Json;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>What is watched, in the table of batches: a row for each signal, in a partition of its own beside the shard's.</summary>
public sealed class TableWatches : IWatchStore
{
    private readonly TableClient _table;
    private readonly string _partition;

    /// <param name="account">Where.</param>
    /// <param name="prefix">Before the table's name.</param>
    /// <param name="shard">Such as <c>main</c>.</param>
    public TableWatches(StorageAccount account, string prefix, string shard)
    {
        _table = account.Table(MarketNames.Market(prefix));
        _partition = $"{TableKey.Of(shard)}|watch";
    }

    public async Task<IReadOnlyList<WatchedSignal>> LoadAsync(CancellationToken cancel = default)
    {
        var found = new List<WatchedSignal>();
        await foreach (var row in _table.QueryAsync(TableFilter.Partition(_partition), cancel: cancel))
        {
            found.Add(JsonSerializer.Deserialize<WatchedSignal>(row.Text("watched"), SignalJson.Options)
                ?? throw new InvalidDataException($"What is watched for {row.Key} was null"));
        }

        return found;
    }

    public async Task SaveAsync(WatchedSignal watched, CancellationToken cancel = default) => await _table.ApplyAsync(
        TableAction.Upsert(new TableRow(_partition, TableKey.Of(watched.SignalId)).With("watched", JsonSerializer.Serialize(watched, SignalJson.Options))), cancel);

    public async Task RemoveAsync(string signalId, CancellationToken cancel = default) =>
        await _table.ApplyAsync(TableAction.Delete(_partition, TableKey.Of(signalId)), cancel);
}
