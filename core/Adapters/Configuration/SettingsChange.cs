namespace FuturesBot.Adapters.Configuration;

/// <summary>What one revision did to one setting.</summary>
/// <param name="From">The page's value before; null: there was none, file and profile decided.</param>
/// <param name="To">The page's value after; null: taken back.</param>
public sealed record SettingsChange(string Path, string? From, string? To);
