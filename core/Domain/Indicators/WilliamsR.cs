using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Williams %R, −100 (close on the lowest low) to 0 (on the highest high) of the last n bars, this one
/// included. Source: Williams 1973. Warm-up n. A range without height gives −50.
/// </summary>
/// <param name="periods">Number of bars n, 1 to 100,000.</param>
public sealed class WilliamsR(int periods = 14) : IIndicator<Candle, double>
{
    private readonly int _periods = Require.Periods(periods);
    private RollingRange _range = new(Require.Periods(periods));

    public int WarmupBars => _periods;

    public double Update(in Candle input)
    {
        _range.Add(input.High, input.Low);
        return _range.IsFull ? StochasticLines.Place(input.Close, _range.High, _range.Low) - 100 : double.NaN;
    }

    public void Carry(StateCarrier carrier) => _range.Carry(carrier);
}
