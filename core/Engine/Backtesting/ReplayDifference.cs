namespace FuturesBot.Engine.Backtesting;

/// <summary>The first line that came out differently.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Recorded">As it stands in the ledger; null when the ledger ends before it.</param>
/// <param name="Replayed">As it came out now; null when the replay ends before it.</param>
public sealed record ReplayDifference(long Line, string? Recorded, string? Replayed);
