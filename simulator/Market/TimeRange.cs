namespace FuturesBot.Simulator.Market;

/// <summary>A question's bounds.</summary>
/// <param name="StartMs">First time wanted; null for the last rows up to the end.</param>
/// <param name="EndMs">Last time wanted.</param>
/// <param name="Limit">Most rows.</param>
internal readonly record struct TimeRange(long? StartMs, long EndMs, int Limit);
