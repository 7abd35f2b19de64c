namespace FuturesBot.TestKit;

/// <summary>A text is not the approved one.</summary>
public sealed class SnapshotMismatchException(string message) : Exception(message);
