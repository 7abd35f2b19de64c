using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Linearly weighted moving average: weights n for the newest value down to 1 for the oldest, divided by
/// n(n+1)/2. Warm-up n: every weight needs its value. O(1) amortised: the weighted sum follows from the
/// plain one, and both are summed anew whenever the ring wraps, so that they do not drift.
/// </summary>
/// <param name="periods">Number of values n, 1 to 100,000.</param>
public sealed class Wma(int periods) : IIndicator<double, double>
{
    private readonly double[] _ring = new double[Require.Periods(periods)];
    private readonly double _weights = periods * (periods + 1.0) / 2;
    private double _sum;
    private double _weighted;
    private int _at;
    private bool _full;

    public int WarmupBars => _ring.Length;

    public double Update(in double input)
    {
        if (!double.IsFinite(input)) return double.NaN;
        _weighted += (_ring.Length * input) - _sum;   // each value kept loses one weight, the oldest its last
        _sum += input - _ring[_at];
        _ring[_at] = input;
        if (++_at == _ring.Length) Wrap();
        return _full ? _weighted / _weights : double.NaN;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(_ring);
        carrier.Carry(ref _sum);
        carrier.Carry(ref _weighted);
        carrier.Carry(ref _at);
        carrier.Carry(ref _full);
    }

    private void Wrap()
    {
        (_sum, _weighted, _at, _full) = (0, 0, 0, true);
        for (var i = 0; i < _ring.Length; i++)
        {
            _sum += _ring[i];
            _weighted = Math.FusedMultiplyAdd(i + 1, _ring[i], _weighted);
        }
    }
}
