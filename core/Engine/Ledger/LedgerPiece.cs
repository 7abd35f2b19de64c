namespace FuturesBot.Engine.Ledger;

/// <summary>Lines of the ledger that become durable with a commit.</summary>
/// <param name="Day">The UTC day that they belong to.</param>
/// <param name="From">Bytes of that day before them.</param>
/// <param name="Lines">Whole lines, with their line feeds.</param>
public sealed record LedgerPiece(DateOnly Day, long From, ReadOnlyMemory<byte> Lines);
