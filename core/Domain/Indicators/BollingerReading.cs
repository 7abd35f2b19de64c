namespace FuturesBot.Domain.Indicators;

/// <summary>Bollinger bands at one value.</summary>
/// <param name="Middle">Mean.</param>
/// <param name="Upper">Mean plus the deviations.</param>
/// <param name="Lower">Mean minus the deviations.</param>
/// <param name="Width">(Upper − Lower) / Middle, a fraction.</param>
/// <param name="PercentB">
/// (x − Lower)/(Upper − Lower): 0 on the lower band, 1 on the upper; NaN while the bands have no width.
/// </param>
public readonly record struct BollingerReading(
    double Middle, double Upper, double Lower, double Width, double PercentB);
