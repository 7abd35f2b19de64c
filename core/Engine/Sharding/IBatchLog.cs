namespace FuturesBot.Engine.Sharding;

/// <summary>A shard's batches in their order: the truth, of which the queue only tells that there is news.</summary>
public interface IBatchLog
{
    /// <summary>What the shard begins with; null before its first holder has written it.</summary>
    Task<ShardSetup?> SetupAsync(string shard, CancellationToken cancel = default);

    /// <summary>How far the log reaches; null before its first holder.</summary>
    Task<ShardHead?> HeadAsync(string shard, CancellationToken cancel = default);

    /// <summary>A batch; null when it was not published, or is too old to be kept.</summary>
    Task<MarketBatch?> ReadAsync(string shard, long number, CancellationToken cancel = default);
}
