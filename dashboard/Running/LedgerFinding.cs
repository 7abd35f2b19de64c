using FuturesBot.Engine.Ledger;

namespace FuturesBot.Dashboard.Running;

/// <summary>What a check of the ledger found.</summary>
/// <param name="Last">The last line of the part that is whole.</param>
/// <param name="Fault">What is wrong behind it; null when nothing is.</param>
public sealed record LedgerFinding(LedgerPosition Last, string? Fault);
