namespace FuturesBot.Engine.Sharding;

/// <summary>Somebody else holds the shard now: whoever catches this publishes nothing more and ends.</summary>
public sealed class ShardLostException(string message) : InvalidOperationException(message);
