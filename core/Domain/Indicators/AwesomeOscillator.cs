using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Awesome Oscillator: SMA(fast) − SMA(slow) of (H + L)/2, in price units. Source: Williams 1995 (5, 34).
/// Warm-up slow.
/// </summary>
/// <param name="fast">Periods of the fast average, 1 to 99,999.</param>
/// <param name="slow">Periods of the slow average, above <paramref name="fast"/> to 100,000.</param>
public sealed class AwesomeOscillator(int fast = 5, int slow = 34) : IIndicator<Candle, double>
{
    private readonly Sma _fast = new(Require.Periods(fast));
    private readonly Sma _slow = new(Require.Periods(slow, min: fast + 1));

    public int WarmupBars => _slow.WarmupBars;

    public double Update(in Candle input)
    {
        var middle = (input.High + input.Low) / 2;
        return _fast.Update(middle) - _slow.Update(middle);
    }

    public void Carry(StateCarrier carrier)
    {
        _fast.Carry(carrier);
        _slow.Carry(carrier);
    }
}
