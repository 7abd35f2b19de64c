namespace FuturesBot.Engine.Tracking;

/// <summary>An orchestration asks for moves that it was not told of.</summary>
/// <param name="SignalId">Its signal.</param>
/// <param name="After">The last version that it knows.</param>
public sealed record MovesAsk(string SignalId, long After);
