namespace FuturesBot.Domain.Indicators;

/// <summary>Vortex lines around 1; the upper one names the direction.</summary>
/// <param name="Plus">Upward movement over true range.</param>
/// <param name="Minus">Downward movement over true range.</param>
public readonly record struct VortexReading(double Plus, double Minus);
