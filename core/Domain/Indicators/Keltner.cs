using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Keltner channel: EMA(n) of the close ± k·ATR(m). Source: Keltner 1960 in the form of Raschke. Warm-up
/// max(n, m + 1): whichever part comes last; the middle shows from bar n on.
/// </summary>
/// <param name="periods">Periods n of the middle, 1 to 100,000.</param>
/// <param name="ranges">Number of ATRs k from the middle to each band, above 0 to 1,000.</param>
/// <param name="atrPeriods">Periods m of the ATR, 1 to 100,000.</param>
public sealed class Keltner(int periods = 20, double ranges = 2, int atrPeriods = 10)
    : IIndicator<Candle, KeltnerReading>
{
    private readonly Ema _middle = new(Require.Periods(periods));
    private readonly double _ranges = Require.Positive(ranges);
    private readonly Atr _atr = new(Require.Periods(atrPeriods));

    public int WarmupBars => Math.Max(_middle.WarmupBars, _atr.WarmupBars);

    public KeltnerReading Update(in Candle input)
    {
        var middle = _middle.Update(input.Close);
        var distance = _ranges * _atr.Update(input);
        return new(middle, middle + distance, middle - distance);
    }

    public void Carry(StateCarrier carrier)
    {
        _middle.Carry(carrier);
        _atr.Carry(carrier);
    }
}
