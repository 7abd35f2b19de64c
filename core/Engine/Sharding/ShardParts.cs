using FuturesBot.Domain;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Recording;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Sharding;

/// <summary>What a <see cref="ShardRunner"/> is made of.</summary>
public sealed record ShardParts
{
    /// <summary>The shard, such as <c>main</c>.</summary>
    public required string Shard { get; init; }

    public required KernelOptions Options { get; init; }

    public LedgerDepth LedgerDepth { get; init; } = LedgerDepth.Lean;

    public required IBatchLog Log { get; init; }

    public required ISignalStore Signals { get; init; }

    /// <summary>The closed candles, stored by the holder of the market before it tells of them.</summary>
    public required ICandleStore Candles { get; init; }

    /// <summary>Opens the ledger, once for each time that the state is read back.</summary>
    public required Func<Stream> OpenLedger { get; init; }

    public required IEffectCarrier Effects { get; init; }

    /// <summary>See <see cref="RunParts.IsOrchestrated"/>.</summary>
    public bool IsOrchestrated { get; init; } = true;

    /// <summary>See <see cref="RunParts.KeepsCandles"/>.</summary>
    public bool KeepsCandles { get; init; }

    /// <summary>See <see cref="RunParts.KeepsState"/>.</summary>
    public bool KeepsState { get; init; } = true;

    /// <summary>Closed candles in memory; whoever has no page needs few.</summary>
    public ShelfDepth Shelf { get; init; } = ShelfDepth.Bare;

    /// <summary>See <see cref="RunParts.IsObserved"/>.</summary>
    public bool IsObserved { get; init; } = true;

    public TimeZoneInfo? Readers { get; init; }

    public Retention Retention { get; init; } = new();

    /// <summary>Hears what becomes of batches; null: nobody.</summary>
    public IShardListener? Listener { get; init; }

    /// <summary>Market time, for measuring how long after a close it was decided; null: that is not measured.</summary>
    public IExchangeClock? Clock { get; init; }

    public required TimeProvider Time { get; init; }
}
