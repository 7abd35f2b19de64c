using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Average true range: the mean of TR[1..n], then (ATR·(n−1) + TR)/n, in price units. Source: Wilder
/// 1978; spec 2.1. Warm-up n + 1: the first bar has no true range.
/// </summary>
/// <param name="periods">Number of true ranges n, 1 to 100,000.</param>
public sealed class Atr(int periods = 14) : IIndicator<Candle, double>
{
    private readonly int _periods = Require.Periods(periods);
    private WilderMean _mean = new(periods);
    private double _previousClose = double.NaN;

    public int WarmupBars => _periods + 1;

    public double Update(in Candle input)
    {
        var previous = _previousClose;
        _previousClose = input.Close;
        if (double.IsNaN(previous)) return double.NaN;
        _mean.Add(TrueRange.Of(input, previous));
        return _mean.IsFull ? _mean.Value : double.NaN;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(ref _previousClose);
        _mean.Carry(carrier);
    }
}
