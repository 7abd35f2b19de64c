using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// z-score: (x − mean)/population σ of the last n values, x included. Source: spec 2.1. Warm-up n. NaN
/// (unavailable) where σ is 0.
/// </summary>
/// <param name="periods">Number of values n, 2 to 100,000.</param>
public sealed class ZScore(int periods) : IIndicator<double, double>
{
    private readonly int _periods = Require.Periods(periods, min: 2);
    private RollingVariance _window = new(Require.Periods(periods, min: 2));

    public int WarmupBars => _periods;

    public double Update(in double input)
    {
        if (!double.IsFinite(input)) return double.NaN;
        _window.Add(input);
        var variance = _window.Variance;
        return _window.IsFull && variance > 0 ? (input - _window.Mean) / Math.Sqrt(variance) : double.NaN;
    }

    public void Carry(StateCarrier carrier) => _window.Carry(carrier);
}
