namespace FuturesBot.Dashboard;

/// <param name="AtMs">Wall time.</param>
/// <param name="Level">debug, information, warning, error or fatal.</param>
/// <param name="Source">Category of the logger; empty when unknown.</param>
/// <param name="Exception">Null without one.</param>
public sealed record LogLineView(long AtMs, string Level, string Source, string Text, string? Exception);
