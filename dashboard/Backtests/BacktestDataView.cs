namespace FuturesBot.Dashboard;

/// <summary>What backtests can read.</summary>
/// <param name="Root">The folder below which they read, as it is configured; not its place on the disk.</param>
/// <param name="Present">False when it does not exist: there is nothing to run on.</param>
/// <param name="Truncated">There are more folders than are listed.</param>
/// <param name="Reading">Spans are still being read; ask again.</param>
public sealed record BacktestDataView(
    string Root, bool Present, bool Truncated, bool Reading, IReadOnlyList<BacktestFolderView> Folders,
    IReadOnlyList<string> Profiles, IReadOnlyList<string> Strategies, IReadOnlyList<string> Ledgers)
{
    /// <summary>Why runs are not started here, and how they are; null where they are.</summary>
    public string? Elsewhere { get; init; }

    /// <summary>The command that starts one there; null where they are started here.</summary>
    public string? Command { get; init; }
}
