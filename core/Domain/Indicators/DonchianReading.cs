namespace FuturesBot.Domain.Indicators;

/// <summary>Price channel of the bars before this one.</summary>
/// <param name="Upper">Highest high.</param>
/// <param name="Lower">Lowest low.</param>
public readonly record struct DonchianReading(double Upper, double Lower)
{
    public double Middle => (Upper + Lower) / 2;

    /// <summary>Upper − Lower in price units.</summary>
    public double Height => Upper - Lower;
}
