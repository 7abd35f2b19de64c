namespace FuturesBot.Dashboard;

/// <param name="From">The page's value before; null: there was none.</param>
/// <param name="To">The page's value after; null: taken back.</param>
public sealed record SettingChangeView(string Path, string? From, string? To);
