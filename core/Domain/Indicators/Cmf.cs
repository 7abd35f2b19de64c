using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Chaikin money flow, −1 to 1: the sum of the money flow (<see cref="Adl.MoneyFlow"/>) over the sum of
/// volume, of the last n bars. Source: Chaikin. Warm-up n. NaN while nothing was traded.
/// </summary>
/// <param name="periods">Number of bars n, 1 to 100,000.</param>
public sealed class Cmf(int periods = 20) : IIndicator<Candle, double>
{
    private readonly int _periods = Require.Periods(periods);
    private RollingSum _flow = new(Require.Periods(periods));
    private RollingSum _volume = new(Require.Periods(periods));

    public int WarmupBars => _periods;

    public double Update(in Candle input)
    {
        _flow.Add(Adl.MoneyFlow(input));
        _volume.Add(input.Volume);
        return _volume.IsFull && _volume.Sum > 0 ? _flow.Sum / _volume.Sum : double.NaN;
    }

    public void Carry(StateCarrier carrier)
    {
        _flow.Carry(carrier);
        _volume.Carry(carrier);
    }
}
