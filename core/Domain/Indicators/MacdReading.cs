namespace FuturesBot.Domain.Indicators;

/// <summary>Moving average convergence and divergence, in units of the input.</summary>
/// <param name="Macd">Fast EMA minus slow EMA.</param>
/// <param name="Signal">EMA of <paramref name="Macd"/>.</param>
public readonly record struct MacdReading(double Macd, double Signal)
{
    /// <summary>Macd − Signal.</summary>
    public double Histogram => Macd - Signal;
}
