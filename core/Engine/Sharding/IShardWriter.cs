namespace FuturesBot.Engine.Sharding;

/// <summary>
/// A shard's log in the hand of its one holder. Whoever took the shard over in the meantime makes every write fail with
/// <see cref="ShardLostException"/>: that is the fence.
/// </summary>
public interface IShardWriter
{
    /// <summary>How far the log reaches.</summary>
    ShardHead Head { get; }

    /// <summary>Writes what the shard begins with; before the first batch only.</summary>
    /// <exception cref="ShardLostException">Somebody else holds the shard.</exception>
    Task BeginAsync(ShardSetup setup, CancellationToken cancel = default);

    /// <summary>
    /// Makes the batch durable under the next number, then sends it, unless it is <see cref="MarketBatch.IsQuiet">quiet</see>. One that could
    /// not be sent needs no message of its own once a later one was: whoever takes that in reads what lies before it in the log.
    /// </summary>
    /// <param name="batch">Its number and epoch are set here.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The batch as it was written.</returns>
    /// <exception cref="ShardLostException">Somebody else holds the shard.</exception>
    Task<MarketBatch> PublishAsync(MarketBatch batch, CancellationToken cancel = default);

    /// <summary>Sends the last batch after all, when it was quiet: it has turned out that it moves something.</summary>
    /// <exception cref="ShardLostException">Somebody else holds the shard.</exception>
    Task WakeAsync(CancellationToken cancel = default);

    /// <summary>
    /// Sends the last batch where somebody has to be woken and was not for sure, by this holder or an earlier one; of how many that tells.
    /// What the queue does not take now stays for the next call, and is no fault: to be called again and again while <see cref="Head"/> says
    /// that something waits (<see cref="ShardHead.Sent"/> below <see cref="ShardHead.Loud"/>).
    /// </summary>
    /// <exception cref="ShardLostException">Somebody else holds the shard.</exception>
    Task<int> ResendAsync(CancellationToken cancel = default);

    /// <summary>Deletes batches up to a number; how many.</summary>
    Task<long> ForgetAsync(long upToNumber, CancellationToken cancel = default);
}
