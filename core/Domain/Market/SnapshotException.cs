namespace FuturesBot.Domain.Market;

/// <summary>A snapshot is not of this version or this shape; the state is rebuilt from history instead.</summary>
public sealed class SnapshotException(string message) : Exception(message);
