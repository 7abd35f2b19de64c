namespace FuturesBot.Adapters.Files;

/// <summary>A file in the data folder that is not read, and why.</summary>
public sealed record SkippedFile(string Path, string Reason);
