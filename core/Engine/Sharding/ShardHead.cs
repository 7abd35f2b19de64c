namespace FuturesBot.Engine.Sharding;

/// <summary>How far a shard's log reaches.</summary>
/// <param name="Number">Of the last batch; 0 before the first.</param>
/// <param name="CloseMs">Its closing time; 0 before the first.</param>
/// <param name="Epoch">Of the holder that writes.</param>
/// <param name="Sent">Of the last batch that was put on the queue for sure, which wakes whoever takes it and all before it in.</param>
/// <param name="Loud">Up to this number batches have to be taken in at once; what follows may wait for the next that wakes.</param>
public sealed record ShardHead(long Number, long CloseMs, long Epoch, long Sent, long Loud);
