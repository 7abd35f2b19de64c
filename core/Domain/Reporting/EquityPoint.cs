namespace FuturesBot.Domain.Reporting;

/// <summary>The account after one trade closed, in R from the start.</summary>
/// <param name="DrawdownR">Net equity below its highest point so far; 0 at a new high, else negative.</param>
public readonly record struct EquityPoint(long TimeMs, double NetR, double GrossR, double DrawdownR);
