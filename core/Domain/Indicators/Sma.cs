using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Simple moving average: the mean of the last n values. Source: spec 2.1. Warm-up n: a mean of fewer
/// values is another average.
/// </summary>
/// <param name="periods">Number of values, 1 to 100,000.</param>
public sealed class Sma(int periods) : IIndicator<double, double>
{
    private readonly int _periods = Require.Periods(periods);
    private RollingSum _window = new(Require.Periods(periods));

    public int WarmupBars => _periods;

    public double Update(in double input)
    {
        if (!double.IsFinite(input)) return double.NaN;
        _window.Add(input);
        return _window.IsFull ? _window.Sum / _periods : double.NaN;
    }

    public void Carry(StateCarrier carrier) => _window.Carry(carrier);
}
