using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Volume-weighted moving average of the close: Σ(C·V)/ΣV over the last n bars. Warm-up n. NaN while
/// nothing was traded.
/// </summary>
/// <param name="periods">Number of bars n, 1 to 100,000.</param>
public sealed class Vwma(int periods = 20) : IIndicator<Candle, double>
{
    private readonly int _periods = Require.Periods(periods);
    private RollingSum _turnover = new(Require.Periods(periods));
    private RollingSum _volume = new(Require.Periods(periods));

    public int WarmupBars => _periods;

    public double Update(in Candle input)
    {
        _turnover.Add(input.Close * input.Volume);
        _volume.Add(input.Volume);
        return _volume.IsFull && _volume.Sum > 0 ? _turnover.Sum / _volume.Sum : double.NaN;
    }

    public void Carry(StateCarrier carrier)
    {
        _turnover.Carry(carrier);
        _volume.Carry(carrier);
    }
}
