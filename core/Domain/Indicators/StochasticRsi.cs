using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Stochastic RSI: the place of RSI(r) in its own range of the last n values, smoothed by SMA(s); %D =
/// SMA(d) of it. Source: Chande and Kroll 1994. Warm-up (r + 1) + (n − 1) + (s − 1) + (d − 1).
/// </summary>
/// <param name="rsiPeriods">Periods r of the RSI, 1 to 100,000.</param>
/// <param name="periods">Values n of the range, 1 to 100,000.</param>
/// <param name="signal">Periods d of %D, 1 to 100,000.</param>
/// <param name="smoothing">Periods s of %K, 1 to 100,000; 1 leaves it as it is.</param>
public sealed class StochasticRsi(int rsiPeriods = 14, int periods = 14, int signal = 3, int smoothing = 1)
    : IIndicator<double, StochasticReading>
{
    private readonly int _periods = Require.Periods(periods);
    private readonly Rsi _rsi = new(Require.Periods(rsiPeriods));
    private readonly StochasticLines _lines = new(Require.Periods(smoothing), Require.Periods(signal));
    private RollingRange _range = new(Require.Periods(periods));

    public int WarmupBars => _rsi.WarmupBars + _periods - 1 + _lines.WarmupBars;

    public StochasticReading Update(in double input)
    {
        var rsi = _rsi.Update(input);
        if (double.IsNaN(rsi)) return new(double.NaN, double.NaN);
        _range.Add(rsi, rsi);
        return _lines.Update(
            _range.IsFull ? StochasticLines.Place(rsi, _range.High, _range.Low) : double.NaN);
    }

    public void Carry(StateCarrier carrier)
    {
        _rsi.Carry(carrier);
        _lines.Carry(carrier);
        _range.Carry(carrier);
    }
}
