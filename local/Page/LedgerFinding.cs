using FuturesBot.Engine.Ledger;

namespace FuturesBot.Local.Page;

/// <summary>What a check of the ledger found.</summary>
/// <param name="Last">The last line of the part that is whole.</param>
/// <param name="Fault">What is wrong behind it; null when nothing is.</param>
internal sealed record LedgerFinding(LedgerPosition Last, string? Fault);
