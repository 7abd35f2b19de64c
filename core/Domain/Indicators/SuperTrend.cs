using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// SuperTrend: (H + L)/2 ± k·ATR(n); a band only tightens until a close passes it, and the band on the
/// trend's side is in force until a close reaches it. Source: Seban. Warm-up n + 1, as of the ATR. The
/// first direction is a guess from the place of the first close in its bar.
/// </summary>
/// <param name="periods">Periods n of the ATR, 1 to 100,000.</param>
/// <param name="ranges">Number of ATRs k, above 0 to 1,000.</param>
public sealed class SuperTrend(int periods = 10, double ranges = 3) : IIndicator<Candle, SuperTrendReading>
{
    private readonly Atr _atr = new(Require.Periods(periods));
    private readonly double _ranges = Require.Positive(ranges);
    private double _upper = double.NaN;
    private double _lower = double.NaN;
    private double _close;
    private bool _isUp;

    public int WarmupBars => _atr.WarmupBars;

    public SuperTrendReading Update(in Candle input)
    {
        var previousClose = _close;
        _close = input.Close;
        var distance = _ranges * _atr.Update(input);
        if (double.IsNaN(distance)) return new(double.NaN, false);

        var middle = (input.High + input.Low) / 2;
        if (double.IsNaN(_upper))
            (_upper, _lower, _isUp) = (double.PositiveInfinity, double.NegativeInfinity, _close >= middle);
        if (middle + distance < _upper || previousClose > _upper) _upper = middle + distance;
        if (middle - distance > _lower || previousClose < _lower) _lower = middle - distance;
        _isUp = _close > (_isUp ? _lower : _upper);
        return new(_isUp ? _lower : _upper, _isUp);
    }

    public void Carry(StateCarrier carrier)
    {
        _atr.Carry(carrier);
        carrier.Carry(ref _upper);
        carrier.Carry(ref _lower);
        carrier.Carry(ref _close);
        carrier.Carry(ref _isUp);
    }
}
