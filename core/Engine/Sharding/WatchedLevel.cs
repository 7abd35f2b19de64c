namespace FuturesBot.Engine.Sharding;

/// <summary>A price that matters to a signal.</summary>
/// <param name="Name">Such as <c>entry</c>, <c>stop</c>, <c>tp1</c>, <c>tp2</c>; one of a name per signal.</param>
/// <param name="Price">Quote units.</param>
/// <param name="FromBelow">True: it is reached by a price at or above it; false: at or below.</param>
public sealed record WatchedLevel(string Name, decimal Price, bool FromBelow);
