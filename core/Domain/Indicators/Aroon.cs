using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Aroon: 100·(n − bars since the highest high, or lowest low)/n over this bar and the n before it; of equal
/// extremes the earliest counts. Source: Chande 1995. Warm-up n + 1. O(1) but for the update at which
/// an extreme leaves the window: that one visits the n + 1 bars.
/// </summary>
/// <param name="periods">Number of bars n, 1 to 99,999.</param>
public sealed class Aroon(int periods = 25) : IIndicator<Candle, AroonReading>
{
    private readonly int _periods = Require.Periods(periods);
    private readonly Ring<double> _highs = new(Require.Periods(periods) + 1);

    // Negated: the highest of these is the lowest low.
    private readonly Ring<double> _lows = new(Require.Periods(periods) + 1);
    private int _sinceHigh;
    private int _sinceLow;

    public int WarmupBars => _periods + 1;

    public AroonReading Update(in Candle input)
    {
        _sinceHigh = SinceHighest(_highs, input.High, _sinceHigh);
        _sinceLow = SinceHighest(_lows, -input.Low, _sinceLow);
        return _highs.Count > _periods
            ? new(100.0 * (_periods - _sinceHigh) / _periods, 100.0 * (_periods - _sinceLow) / _periods)
            : new(double.NaN, double.NaN);
    }

    public void Carry(StateCarrier carrier)
    {
        _highs.Carry(carrier);
        _lows.Carry(carrier);
        carrier.Carry(ref _sinceHigh);
        carrier.Carry(ref _sinceLow);
    }

    private int SinceHighest(Ring<double> values, double value, int since)
    {
        var isHighest = values.Count == 0 || value > values.Ago(since);
        values.Add(value);
        if (isHighest) return 0;
        if (since < _periods) return since + 1;

        var highest = 0;
        for (var ago = 1; ago <= _periods; ago++)
            if (values.Ago(ago) >= values.Ago(highest)) highest = ago;
        return highest;
    }
}
