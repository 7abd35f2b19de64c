using FuturesBot.Domain;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Recording;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Sharding;

/// <summary>What a <see cref="Follower"/> is made of.</summary>
public sealed record FollowerParts
{
    /// <summary>The shard, such as <c>main</c>.</summary>
    public required string Shard { get; init; }

    public required KernelOptions Options { get; init; }

    public LedgerDepth LedgerDepth { get; init; } = LedgerDepth.Lean;

    public required IBatchLog Log { get; init; }

    /// <summary>Where the kernel of the shard commits; only read.</summary>
    public required ISignalStore Committed { get; init; }

    public required ICandleStore Candles { get; init; }

    /// <summary>Closed candles in memory, for charts.</summary>
    public ShelfDepth Shelf { get; init; } = ShelfDepth.Full;

    public TimeZoneInfo? Readers { get; init; }

    /// <summary>Hears what becomes of batches; null: nobody.</summary>
    public IShardListener? Listener { get; init; }

    public required TimeProvider Time { get; init; }
}
