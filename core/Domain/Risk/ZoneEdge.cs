namespace FuturesBot.Domain.Risk;

/// <summary>The two edges of a support or resistance zone, quote units; all that a stop needs to know of it.</summary>
public readonly record struct ZoneEdge(double Low, double High);
