using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Smoothed moving average (Wilder's, RMA): the mean of the first n values, then (m·(n−1) + x)/n; an EMA
/// of 2n − 1 periods with another seed. Source: Wilder 1978. Warm-up n, the seed.
/// </summary>
/// <param name="periods">Number of values n, 1 to 100,000.</param>
public sealed class Smma(int periods) : IIndicator<double, double>
{
    private readonly int _periods = Require.Periods(periods);
    private WilderMean _mean = new(periods);

    public int WarmupBars => _periods;

    public double Update(in double input)
    {
        if (!double.IsFinite(input)) return double.NaN;
        _mean.Add(input);
        return _mean.IsFull ? _mean.Value : double.NaN;
    }

    public void Carry(StateCarrier carrier) => _mean.Carry(carrier);
}
