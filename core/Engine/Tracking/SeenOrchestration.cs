namespace FuturesBot.Engine.Tracking;

/// <summary>An orchestration of a signal, seen from outside.</summary>
/// <param name="SignalId">Its instance.</param>
/// <param name="HasFailed">It ended with an exception.</param>
/// <param name="UpdatedAtMs">When it last did something, wall time, UTC, Unix milliseconds.</param>
/// <param name="Status">What it shows; null before its first turn.</param>
public sealed record SeenOrchestration(string SignalId, bool HasFailed, long UpdatedAtMs, TrackingStatus? Status);
