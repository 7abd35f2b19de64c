namespace FuturesBot.Dashboard;

/// <summary>What is wrong with one setting.</summary>
/// <param name="Problem">With the value and what is allowed.</param>
/// <param name="Source">Where the value stands.</param>
public sealed record SettingFaultView(string Path, string Problem, string Source);
