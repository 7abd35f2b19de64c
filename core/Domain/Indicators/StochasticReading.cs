namespace FuturesBot.Domain.Indicators;

/// <summary>Place of a value in its range, 0 (lowest) to 100 (highest).</summary>
/// <param name="K">The smoothed place.</param>
/// <param name="D">Its signal, a moving average of <paramref name="K"/>.</param>
public readonly record struct StochasticReading(double K, double D);
