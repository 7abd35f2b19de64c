using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Money flow index, 0 to 100: 100·P/(P + N), P and N the sums of typical price · volume over the last n
/// bars whose typical price rose and fell. Source: Quong and Soudack 1989. Warm-up n + 1: n changes.
/// Without any flow it rests at 50, as <see cref="Rsi"/> does.
/// </summary>
/// <param name="periods">Number of changes n, 1 to 100,000.</param>
public sealed class Mfi(int periods = 14) : IIndicator<Candle, double>
{
    private readonly int _periods = Require.Periods(periods);
    private RollingSum _in = new(Require.Periods(periods));
    private RollingSum _out = new(Require.Periods(periods));
    private double _typical = double.NaN;

    public int WarmupBars => _periods + 1;

    public double Update(in Candle input)
    {
        var previous = _typical;
        _typical = input.Typical;
        if (double.IsNaN(previous)) return double.NaN;
        var flow = _typical * input.Volume;
        _in.Add(_typical > previous ? flow : 0);
        _out.Add(_typical < previous ? flow : 0);
        if (!_in.IsFull) return double.NaN;
        var both = _in.Sum + _out.Sum;
        return both > 0 ? 100 * _in.Sum / both : 50;
    }

    public void Carry(StateCarrier carrier)
    {
        _in.Carry(carrier);
        _out.Carry(carrier);
        carrier.Carry(ref _typical);
    }
}
