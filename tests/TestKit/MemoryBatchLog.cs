using FuturesBot.Engine.Sharding;

namespace FuturesBot.TestKit;

/// <summary>A shard's log in memory, as bytes: what does not survive writing and reading does not come out of it.</summary>
public sealed class MemoryBatchLog(ShardSetup? setup = null) : IBatchLog
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, byte[]> _batches = [];
    private ShardSetup? _setup = setup;
    private long _last;
    private long _lastCloseMs;

    public void Begin(ShardSetup setup) => _setup = setup;

    /// <summary>Adds what fits into one batch; the batch as it was numbered.</summary>
    public MarketBatch Add(MarketBatch batch) => Publish(batch).Single();

    /// <summary>Adds what closes at one moment; the batches as they were numbered.</summary>
    public IReadOnlyList<MarketBatch> Publish(MarketBatch whole)
    {
        lock (_gate)
        {
            var parts = BatchPacker.Pack(whole).Select(part => part with { Number = ++_last }).ToArray();
            _lastCloseMs = whole.CloseMs;
            foreach (var part in parts) _batches[part.Number] = ShardJson.Write(part);
            return [.. parts.Select(part => ShardJson.ReadBatch(_batches[part.Number]))];
        }
    }

    /// <summary>Deletes the oldest, up to a number.</summary>
    public void Forget(long upTo)
    {
        lock (_gate)
        {
            foreach (var number in _batches.Keys.Where(number => number <= upTo).ToArray()) _batches.Remove(number);
        }
    }

    public Task<ShardSetup?> SetupAsync(string shard, CancellationToken cancel = default) => Task.FromResult(_setup);

    public Task<ShardHead?> HeadAsync(string shard, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            return Task.FromResult<ShardHead?>(_last == 0 ? null : new(_last, _lastCloseMs, 1, _last, _last));
        }
    }

    public Task<MarketBatch?> ReadAsync(string shard, long number, CancellationToken cancel = default)
    {
        lock (_gate) return Task.FromResult(_batches.TryGetValue(number, out var bytes) ? ShardJson.ReadBatch(bytes) : null);
    }
}
