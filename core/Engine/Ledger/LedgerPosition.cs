namespace FuturesBot.Engine.Ledger;

/// <summary>Where a ledger stands: its last line. A writer goes on from here.</summary>
/// <param name="Seq">Number of the last line, counted from 1; 0 when there is none.</param>
/// <param name="Hash">Hash of the last line, 64 lower-case hex digits; zeros when there is none.</param>
public readonly record struct LedgerPosition(long Seq, string Hash)
{
    /// <summary>Before the first line.</summary>
    public static LedgerPosition Start { get; } = new(0, new string('0', LedgerFormat.HashChars));
}
