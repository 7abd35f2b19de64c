using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Slow stochastic: %K = SMA(s) of 100·(C − lowest low)/(highest high − lowest low) over n bars, this one
/// included; %D = SMA(d) of %K. Source: Lane 1984. Warm-up n + (s − 1) + (d − 1); %K
/// shows d − 1 bars earlier.
/// </summary>
/// <param name="periods">Bars n of the range, 1 to 100,000.</param>
/// <param name="smoothing">Periods s of %K, 1 to 100,000.</param>
/// <param name="signal">Periods d of %D, 1 to 100,000.</param>
public sealed class Stochastic(int periods = 14, int smoothing = 3, int signal = 3)
    : IIndicator<Candle, StochasticReading>
{
    private readonly int _periods = Require.Periods(periods);
    private readonly StochasticLines _lines = new(Require.Periods(smoothing), Require.Periods(signal));
    private RollingRange _range = new(Require.Periods(periods));

    public int WarmupBars => _periods + _lines.WarmupBars;

    public StochasticReading Update(in Candle input)
    {
        _range.Add(input.High, input.Low);
        return _lines.Update(
            _range.IsFull ? StochasticLines.Place(input.Close, _range.High, _range.Low) : double.NaN);
    }

    public void Carry(StateCarrier carrier)
    {
        _lines.Carry(carrier);
        _range.Carry(carrier);
    }
}
