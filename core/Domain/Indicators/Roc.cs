using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Rate of change in percent: 100·(x/x₋n − 1). Warm-up n + 1: the value n before it. NaN after a 0.
/// </summary>
/// <param name="periods">Distance n, 1 to 100,000.</param>
public sealed class Roc(int periods = 14) : IIndicator<double, double>
{
    private readonly int _periods = Require.Periods(periods);
    private readonly Ring<double> _values = new(Require.Periods(periods) + 1);

    public int WarmupBars => _periods + 1;

    public double Update(in double input)
    {
        if (!double.IsFinite(input)) return double.NaN;
        _values.Add(input);
        if (_values.Count <= _periods) return double.NaN;
        var past = _values.Ago(_periods);
        return past != 0 ? 100 * (input - past) / past : double.NaN;
    }

    public void Carry(StateCarrier carrier) => _values.Carry(carrier);
}
