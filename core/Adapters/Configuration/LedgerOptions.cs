using FuturesBot.Engine.Recording;

namespace FuturesBot.Adapters.Configuration;

/// <summary>The append-only, hash-chained ledger of decisions.</summary>
public sealed record LedgerOptions
{
    /// <summary>How much of every closing time is written.</summary>
    public LedgerDepth Depth { get; init; } = LedgerDepth.Lean;
}
