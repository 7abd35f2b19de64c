namespace FuturesBot.Domain.Strategies;

/// <summary>Options with a switch.</summary>
/// <param name="Enabled">Off: the strategy is not asked at all.</param>
/// <param name="Options">Its thresholds.</param>
public sealed record Switched<T>(bool Enabled, T Options);
