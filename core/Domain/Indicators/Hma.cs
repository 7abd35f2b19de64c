using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Hull moving average: WMA(√n) of 2·WMA(n/2) − WMA(n), n/2 and √n rounded down. Source: Hull 2005. Warm-up
/// n + ⌊√n⌋ − 1: the outer average needs ⌊√n⌋ values of the inner ones.
/// </summary>
/// <param name="periods">Number of values n, 2 to 100,000.</param>
public sealed class Hma(int periods) : IIndicator<double, double>
{
    private readonly Wma _whole = new(Require.Periods(periods, min: 2));
    private readonly Wma _half = new(periods / 2);
    private readonly Wma _outer = new((int)Math.Sqrt(periods));

    public int WarmupBars => _whole.WarmupBars + _outer.WarmupBars - 1;

    public double Update(in double input)
    {
        var inner = (2 * _half.Update(input)) - _whole.Update(input);
        return _outer.Update(inner);   // NaN while the inner ones warm up, which the outer passes over
    }

    public void Carry(StateCarrier carrier)
    {
        _whole.Carry(carrier);
        _half.Carry(carrier);
        _outer.Carry(carrier);
    }
}
