namespace FuturesBot.Domain.Indicators;

/// <summary>Keltner channel at one bar, in price units.</summary>
/// <param name="Middle">EMA of the close.</param>
/// <param name="Upper">Middle plus the ATRs.</param>
/// <param name="Lower">Middle minus the ATRs.</param>
public readonly record struct KeltnerReading(double Middle, double Upper, double Lower)
{
    /// <summary>(Upper − Lower) / Middle, a fraction.</summary>
    public double Width => (Upper - Lower) / Middle;
}
