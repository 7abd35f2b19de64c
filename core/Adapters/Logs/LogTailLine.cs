namespace FuturesBot.Adapters.Logs;

/// <summary>A line of a log.</summary>
/// <param name="AtMs">Wall time, UTC, Unix milliseconds.</param>
/// <param name="Level">verbose, debug, information, warning, error or fatal.</param>
/// <param name="Source">Category of the logger; empty when unknown.</param>
/// <param name="Exception">Null without one.</param>
public sealed record LogTailLine(long AtMs, string Level, string Source, string Text, string? Exception);
