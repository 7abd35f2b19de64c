using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Exponential moving average: e ← e + 2/(n+1)·(x − e), seeded with the mean of the first n values.
/// Source: spec 2.1. Warm-up n, the seed. The seed's share of a later value is (1 − 2/(n+1))^k after k
/// more values: for EMA200 it is below 3e-6 after 1,500 bars (spec 1.10, row 16).
/// </summary>
/// <param name="periods">Number of values n, 1 to 100,000.</param>
public sealed class Ema(int periods) : IIndicator<double, double>
{
    private readonly int _periods = Require.Periods(periods);
    private readonly double _weight = 2.0 / (periods + 1.0);
    private double _value;
    private int _held;

    public int WarmupBars => _periods;

    public double Update(in double input)
    {
        if (!double.IsFinite(input)) return double.NaN;
        if (_held < _periods) return Seed(input);
        return _value = Math.FusedMultiplyAdd(_weight, input - _value, _value);
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(ref _value);
        carrier.Carry(ref _held);
    }

    private double Seed(double input)
    {
        _value += input;   // a sum until the seed is complete
        if (++_held < _periods) return double.NaN;
        return _value /= _periods;
    }
}
