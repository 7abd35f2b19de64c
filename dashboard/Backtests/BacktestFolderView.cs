namespace FuturesBot.Dashboard;

/// <param name="Data">As POST /api/backtests takes it.</param>
/// <param name="Fault">Why it cannot be run on; null when it can.</param>
public sealed record BacktestFolderView(string Data, string? Fault, IReadOnlyList<BacktestSeriesView> Series);
