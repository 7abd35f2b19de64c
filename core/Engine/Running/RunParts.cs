using FuturesBot.Domain;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Recording;

namespace FuturesBot.Engine.Running;

/// <summary>What a <see cref="MarketRunner"/> is made of. It owns the feed and the ledger's stream.</summary>
public sealed record RunParts
{
    public required RunIdentity Identity { get; init; }

    public required KernelOptions Options { get; init; }

    public required IMarketFeed Feed { get; init; }

    public required ISignalStore Signals { get; init; }

    public required ICandleStore Candles { get; init; }

    /// <summary>The ledger's file, for reading and writing.</summary>
    public required Stream Ledger { get; init; }

    public LedgerDepth LedgerDepth { get; init; } = LedgerDepth.Lean;

    public Retention Retention { get; init; } = new();

    public required IEffectCarrier Effects { get; init; }

    /// <summary>Where the readers live, whose days and weeks are summed up; null: nothing is summed up, and days are those of UTC.</summary>
    public TimeZoneInfo? Readers { get; init; }

    /// <summary>
    /// False where somebody else stores the candles, and nobody looks at charts: closed candles are then neither committed nor read
    /// back.
    /// </summary>
    public bool KeepsCandles { get; init; } = true;

    /// <summary>
    /// False where what is committed is let go: the kernel's state, which is 0.1 MB a symbol, and the closed candles are then not put
    /// together for it.
    /// </summary>
    public bool KeepsState { get; init; } = true;

    /// <summary>Closed candles in memory, for charts.</summary>
    public ShelfDepth Shelf { get; init; } = ShelfDepth.Full;

    /// <summary>
    /// Each signal has an orchestration that carries its effects out: they are handed to it with the signal's move, instead of being
    /// carried out here.
    /// </summary>
    public bool IsOrchestrated { get; init; }

    /// <summary>False where another kernel does the same: then this one leaves neither spans nor counts.</summary>
    public bool IsObserved { get; init; } = true;

    /// <summary>Wall time: pace and commits. The kernel reads none.</summary>
    public required TimeProvider Time { get; init; }
}
