namespace FuturesBot.Simulator.Market;

/// <summary>One price level of a book.</summary>
/// <param name="Ticks">Price.</param>
/// <param name="Steps">Absolute quantity; in a <see cref="DepthDelta"/> 0 removes the level.</param>
public readonly record struct DepthLevel(long Ticks, long Steps);
