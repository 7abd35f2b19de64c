namespace FuturesBot.Domain.Reporting;

/// <summary>What was run over what, for the head of <c>summary.json</c>.</summary>
/// <param name="DataFromMs">Open of the first candle.</param>
/// <param name="DataToMs">Close of the last one.</param>
/// <param name="Candles">Rows read.</param>
/// <param name="CandlesPerSecond">The only figure that differs between two runs over the same input.</param>
/// <param name="LedgerHash">Hash of the ledger's last line; null with the ledger off.</param>
public sealed record RunFacts(
    string Profile, long DataFromMs, long DataToMs, int Symbols, long Candles, double CandlesPerSecond,
    string? LedgerHash);
