namespace FuturesBot.Engine.Recording;

/// <summary>How much of every decision the ledger writes out.</summary>
public enum LedgerDepth
{
    /// <summary>No ledger.</summary>
    Off,

    /// <summary>Triggers, refusals and near misses in full, all others in one hash a closing time.</summary>
    Lean,

    /// <summary>Every decision in full: about 1.2 KB each.</summary>
    Full,
}
