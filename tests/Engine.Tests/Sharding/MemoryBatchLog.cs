using FuturesBot.Engine.Sharding;

namespace FuturesBot.Engine.Tests.Sharding;

/// <summary>A log of batches in memory.</summary>
internal sealed class MemoryBatchLog(ShardSetup setup) : IBatchLog
{
    private readonly SortedDictionary<long, MarketBatch> _batches = [];

    /// <summary>Appends the next batch.</summary>
    public MarketBatch Add(MarketBatch batch)
    {
        var numbered = batch with { Number = _batches.Count + 1 };
        _batches.Add(numbered.Number, numbered);
        return numbered;
    }

    public Task<ShardSetup?> SetupAsync(string shard, CancellationToken cancel = default) => Task.FromResult<ShardSetup?>(setup);

    public Task<ShardHead?> HeadAsync(string shard, CancellationToken cancel = default) => Task.FromResult<ShardHead?>(
        new(_batches.Count, _batches.Count == 0 ? 0 : _batches[_batches.Count].CloseMs, 1, _batches.Count));

    public Task<MarketBatch?> ReadAsync(string shard, long number, CancellationToken cancel = default) =>
        Task.FromResult(_batches.GetValueOrDefault(number));
}
