using System.Globalization;
using System.Text.Json;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>
/// Batches in a table, a partition for each shard: <c>head</c>, <c>setup|000</c> … and <c>b|000000000000001</c> …. Written by
/// <see cref="ShardWriter"/> alone.
/// </summary>
public sealed class TableBatchLog : IBatchLog
{
    internal const string HeadKey = "head";
    internal const string Body = "body";
    internal const string Parts = "parts";
    private const string SetupPrefix = "setup|";

    // A value is at most 64 KiB.
    private const int SetupPartBytes = 60_000;

    /// <param name="account">Where.</param>
    /// <param name="prefix">Before the table's name.</param>
    public TableBatchLog(StorageAccount account, string prefix = "futuresbot")
    {
        Table = account.Table(MarketNames.Market(prefix));
    }

    internal TableClient Table { get; }

    /// <summary>Makes the table; one that is there is fine.</summary>
    public Task CreateAsync(CancellationToken cancel = default) => Table.CreateAsync(cancel);

    public async Task<ShardSetup?> SetupAsync(string shard, CancellationToken cancel = default)
    {
        var bytes = new MemoryStream();
        var (found, parts) = (0, 0);
        await foreach (var row in Table.QueryAsync(TableFilter.Prefix(TableKey.Of(shard), SetupPrefix), cancel: cancel))
        {
            if (found == 0) parts = row.Int(Parts);
            if (found == parts) break;   // left by a longer one before it
            bytes.Write(row.Bytes(Body));
            found++;
        }

        if (found == 0) return null;
        if (found < parts) throw new InvalidDataException($"The setup of shard {shard} has {found} of its {parts} parts");
        return JsonSerializer.Deserialize<ShardSetup>(bytes.ToArray(), SignalJson.Options)
            ?? throw new InvalidDataException($"The setup of shard {shard} was null");
    }

    public async Task<ShardHead?> HeadAsync(string shard, CancellationToken cancel = default) =>
        await HeadRowAsync(shard, cancel) is { } row ? HeadOf(row) : null;

    public async Task<MarketBatch?> ReadAsync(string shard, long number, CancellationToken cancel = default) =>
        await BytesAsync(shard, number, cancel) is { } bytes ? ShardJson.ReadBatch(bytes) : null;

    internal async Task<byte[]?> BytesAsync(string shard, long number, CancellationToken cancel) =>
        (await Table.GetAsync(TableKey.Of(shard), KeyOf(number), cancel))?.Bytes(Body);

    internal Task<TableRow?> HeadRowAsync(string shard, CancellationToken cancel) => Table.GetAsync(TableKey.Of(shard), HeadKey, cancel);

    internal static ShardHead HeadOf(TableRow row) =>
        new(row.Long("number"), row.Long("close"), row.Long("epoch"), row.Long("sent"), row.Has("loud") ? row.Long("loud") : row.Long("number"));

    internal static string KeyOf(long number) => "b|" + number.ToString("D15", CultureInfo.InvariantCulture);

    internal static IReadOnlyList<TableRow> SetupRows(string shard, ShardSetup setup)
    {
        var parts = JsonSerializer.SerializeToUtf8Bytes(setup, SignalJson.Options).Chunk(SetupPartBytes).ToArray();
        return [.. parts.Select((part, i) =>
            new TableRow(TableKey.Of(shard), SetupPrefix + i.ToString("D3", CultureInfo.InvariantCulture)).With(Parts, parts.Length).With(Body, part))];
    }
}
