using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// MACD: EMA(fast) − EMA(slow) and its EMA(signal). Source: Appel 1979; spec 2.1 (12, 26, 9). Warm-up
/// slow + signal − 1: the signal is seeded with the first MACD values; the MACD itself shows from value
/// number slow on.
/// </summary>
/// <param name="fast">Periods of the fast average, 1 to 99,999.</param>
/// <param name="slow">Periods of the slow average, above <paramref name="fast"/> to 100,000.</param>
/// <param name="signal">Periods of the signal, 1 to 100,000.</param>
public sealed class Macd(int fast = 12, int slow = 26, int signal = 9) : IIndicator<double, MacdReading>
{
    private readonly Ema _fast = new(Require.Periods(fast));
    private readonly Ema _slow = new(Require.Periods(slow, min: fast + 1));
    private readonly Ema _signal = new(Require.Periods(signal));

    public int WarmupBars => _slow.WarmupBars + _signal.WarmupBars - 1;

    public MacdReading Update(in double input)
    {
        var macd = _fast.Update(input) - _slow.Update(input);
        return new(macd, _signal.Update(macd));   // NaN while warming up, which the signal passes over
    }

    public void Carry(StateCarrier carrier)
    {
        _fast.Carry(carrier);
        _slow.Carry(carrier);
        _signal.Carry(carrier);
    }
}
