namespace FuturesBot.Domain.Indicators;

/// <summary>How recent the extremes are, 0 (n bars ago) to 100 (this bar).</summary>
/// <param name="Up">Of the highest high.</param>
/// <param name="Down">Of the lowest low.</param>
public readonly record struct AroonReading(double Up, double Down)
{
    /// <summary>Up − Down, −100 to 100.</summary>
    public double Oscillator => Up - Down;
}
