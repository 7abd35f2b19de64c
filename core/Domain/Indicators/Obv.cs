using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// On-balance volume in base units: volume is added when the close rises and subtracted when it falls,
/// from 0 at the first bar. Its level depends on where the data begins; compare changes only. Source:
/// Granville 1963. Warm-up 1.
/// </summary>
public sealed class Obv : IIndicator<Candle, double>
{
    private double _close = double.NaN;
    private double _sum;

    public int WarmupBars => 1;

    public double Update(in Candle input)
    {
        if (input.Close > _close) _sum += input.Volume;
        else if (input.Close < _close) _sum -= input.Volume;
        _close = input.Close;
        return _sum;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(ref _close);
        carrier.Carry(ref _sum);
    }
}
