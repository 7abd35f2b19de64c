namespace FuturesBot.Adapters.Logs;

/// <param name="Lines">Newest first.</param>
/// <param name="Complete">False when the bound of one reading was reached before the lines were.</param>
/// <param name="Unreadable">Lines that are cut short or none of ours.</param>
public sealed record LogTailPage(IReadOnlyList<LogTailLine> Lines, bool Complete, int Unreadable);
