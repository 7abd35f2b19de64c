namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Bollinger bands at one value. Only what the rest follows from is kept: most readers need two of the
/// bands, and the divisions cost more than the bands.
/// </summary>
/// <param name="Value">The value that the bands were read at.</param>
/// <param name="Middle">Mean.</param>
/// <param name="Distance">From the middle to each outer band: the deviations, ≥ 0.</param>
public readonly record struct BollingerReading(double Value, double Middle, double Distance)
{
    public double Upper => Middle + Distance;

    public double Lower => Middle - Distance;

    /// <summary>(Upper − Lower) / Middle, a fraction.</summary>
    public double Width => 2 * Distance / Middle;

    /// <summary>
    /// (value − Lower)/(Upper − Lower): 0 on the lower band, 1 on the upper; NaN while the bands have no
    /// width.
    /// </summary>
    public double PercentB => Distance > 0 ? (Value - Lower) / (2 * Distance) : double.NaN;
}
