namespace FuturesBot.Domain.Indicators;

/// <summary>Strength and direction of a trend, each 0 to 100.</summary>
/// <param name="Adx">Strength, whatever the direction.</param>
/// <param name="PlusDi">Share of upward movement in the range.</param>
/// <param name="MinusDi">Share of downward movement in the range.</param>
public readonly record struct AdxReading(double Adx, double PlusDi, double MinusDi);
