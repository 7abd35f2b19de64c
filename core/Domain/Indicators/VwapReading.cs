namespace FuturesBot.Domain.Indicators;

/// <summary>Volume-weighted average price and the spread of the trades around it, in price units.</summary>
/// <param name="Value">VWAP; NaN while nothing was traded since the anchor.</param>
/// <param name="Sigma">Volume-weighted population standard deviation, ≥ 0.</param>
public readonly record struct VwapReading(double Value, double Sigma)
{
    public static VwapReading Unavailable { get; } = new(double.NaN, double.NaN);

    public bool IsAvailable => !double.IsNaN(Value);

    /// <summary>VWAP + 1σ.</summary>
    public double Upper1 => Value + Sigma;

    /// <summary>VWAP − 1σ.</summary>
    public double Lower1 => Value - Sigma;

    /// <summary>VWAP + 2σ.</summary>
    public double Upper2 => Value + (2 * Sigma);

    /// <summary>VWAP − 2σ.</summary>
    public double Lower2 => Value - (2 * Sigma);
}
