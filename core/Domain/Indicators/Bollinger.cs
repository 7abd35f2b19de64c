using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Bollinger bands: SMA(n) ± k·population σ(n). Source: Bollinger 2001; spec 2.1 (n 20, k 2, width 4σ/SMA).
/// Warm-up n, as of the mean.
/// </summary>
/// <param name="periods">Number of values n, 2 to 100,000.</param>
/// <param name="deviations">Number of standard deviations k, above 0 to 1,000.</param>
public sealed class Bollinger(int periods = 20, double deviations = 2) : IIndicator<double, BollingerReading>
{
    private static readonly BollingerReading Unavailable = new(double.NaN, double.NaN, double.NaN);

    private readonly int _periods = Require.Periods(periods, min: 2);
    private readonly double _deviations = Require.Positive(deviations);
    private RollingVariance _window = new(Require.Periods(periods, min: 2));

    public int WarmupBars => _periods;

    public BollingerReading Update(in double input)
    {
        if (!double.IsFinite(input)) return Unavailable;
        _window.Add(input);
        return _window.IsFull
            ? new(input, _window.Mean, _deviations * Math.Sqrt(_window.Variance))
            : Unavailable;
    }

    public void Carry(StateCarrier carrier) => _window.Carry(carrier);
}
