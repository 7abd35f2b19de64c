namespace FuturesBot.Engine.Sharding;

/// <summary>How far a shard's log reaches.</summary>
/// <param name="Number">Of the last batch; 0 before the first.</param>
/// <param name="CloseMs">Its closing time; 0 before the first.</param>
/// <param name="Epoch">Of the holder that writes.</param>
/// <param name="Sent">Up to this number batches were put on the queue for sure.</param>
public sealed record ShardHead(long Number, long CloseMs, long Epoch, long Sent);
