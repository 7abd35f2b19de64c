using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Population standard deviation of the last n values: √(Σ(x − mean)²/n). Source: spec 2.1 (the σ of the
/// Bollinger bands and of the z-score). Warm-up n. Equal values give exactly 0.
/// </summary>
/// <param name="periods">Number of values, 2 to 100,000.</param>
public sealed class StdDev(int periods = 20) : IIndicator<double, double>
{
    private readonly int _periods = Require.Periods(periods, min: 2);
    private RollingVariance _window = new(Require.Periods(periods, min: 2));

    public int WarmupBars => _periods;

    public double Update(in double input)
    {
        if (!double.IsFinite(input)) return double.NaN;
        _window.Add(input);
        return _window.IsFull ? Math.Sqrt(_window.Variance) : double.NaN;
    }

    public void Carry(StateCarrier carrier) => _window.Carry(carrier);
}
