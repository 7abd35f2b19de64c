using System.Globalization;
using System.Text.Json;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Tracking;

namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>Orchestrations as rows: <c>open</c> and <c>over</c> are partitions, so that what runs is one query.</summary>
public sealed class TableTracking : ITrackingStore
{
    private const string Open = "open";
    private const string Over = "over";

    private readonly TableClient _table;
    private readonly TimeProvider _time;

    private TableTracking(TableClient table, TimeProvider time)
    {
        (_table, _time) = (table, time);
    }

    /// <param name="account">Where.</param>
    /// <param name="prefix">Before the table's name.</param>
    /// <param name="time">Wall time.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static async Task<TableTracking> OpenAsync(StorageAccount account, string prefix, TimeProvider time, CancellationToken cancel = default)
    {
        var table = account.Table(prefix + "tracking");
        await table.CreateAsync(cancel);
        return new(table, time);
    }

    public async Task<IReadOnlyList<TrackedSignal>> LoadOpenAsync(CancellationToken cancel = default)
    {
        var found = new List<TrackedSignal>();
        await foreach (var row in _table.QueryAsync(TableFilter.Prefix(Open, ""), cancel: cancel)) found.Add(StateOf(row));
        return found;
    }

    public async Task<TrackedSignal?> FindAsync(string signalId, CancellationToken cancel = default)
    {
        var key = TableKey.Of(signalId);
        var row = await _table.GetAsync(Open, key, cancel) ?? await _table.GetAsync(Over, key, cancel);
        return row is null ? null : StateOf(row);
    }

    /// <remarks>One that is over moves in two writes, the new place first: a process that dies in between leaves both, and the state says which holds.</remarks>
    public async Task SaveAsync(TrackedSignal state, CancellationToken cancel = default)
    {
        var key = TableKey.Of(state.Now.SignalId);
        await _table.ApplyAsync(TableAction.Upsert(RowOf(state, key)), cancel);
        if (state.IsOver) await _table.ApplyAsync(TableAction.Delete(Open, key), cancel);
    }

    public async Task<int> ForgetAsync(long overBeforeMs, CancellationToken cancel = default)
    {
        var filter = string.Create(CultureInfo.InvariantCulture, $"{TableFilter.Prefix(Over, "")} and at lt {overBeforeMs}L");
        var forgotten = 0;
        await foreach (var row in _table.QueryAsync(filter, cancel: cancel))
        {
            await _table.ApplyAsync(TableAction.Delete(Over, row.Key), cancel);
            forgotten++;
        }

        return forgotten;
    }

    private TableRow RowOf(TrackedSignal state, string key) => new TableRow(state.IsOver ? Over : Open, key)
        .With("state", JsonSerializer.Serialize(state, SignalJson.Options)).With("at", _time.GetUtcNow().ToUnixTimeMilliseconds());

    private static TrackedSignal StateOf(TableRow row) =>
        JsonSerializer.Deserialize<TrackedSignal>(row.Text("state"), SignalJson.Options) ?? throw new InvalidDataException($"Orchestration {row.Key} was null");
}
