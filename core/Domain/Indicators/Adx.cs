using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Average directional index: +DM = H − H₋₁ where it is positive and above L₋₁ − L, −DM mirrored;
/// DI = 100·smoothed DM / smoothed TR; DX = 100·|+DI − −DI|/(+DI + −DI); ADX = smoothed DX. All smoothing is
/// Wilder's. Source: Wilder 1978; spec 2.1. Warm-up 2n: bars 1…n seed the DI, whose first n DX (bars n…2n−1)
/// seed the ADX; the DI show from bar n on. Without any movement DI and DX are 0: no trend.
/// </summary>
/// <param name="periods">Number of bars n, 1 to 50,000.</param>
public sealed class Adx(int periods = 14) : IIndicator<Candle, AdxReading>
{
    private static readonly AdxReading Unavailable = new(double.NaN, double.NaN, double.NaN);

    private readonly int _periods = Require.Periods(periods);
    private WilderMean _range = new(periods);
    private WilderMean _plus = new(periods);
    private WilderMean _minus = new(periods);
    private WilderMean _index = new(periods);
    private double _high = double.NaN;
    private double _low;
    private double _close;

    public int WarmupBars => 2 * _periods;

    public AdxReading Update(in Candle input)
    {
        double high = _high, low = _low, close = _close;
        (_high, _low, _close) = (input.High, input.Low, input.Close);
        if (double.IsNaN(high)) return Unavailable;

        var up = input.High - high;
        var down = low - input.Low;
        _range.Add(TrueRange.Of(input, close));
        _plus.Add(DirectionalMovement.Of(up, down));
        _minus.Add(DirectionalMovement.Of(down, up));
        return _range.IsFull ? Read() : Unavailable;
    }

    public void Carry(StateCarrier carrier)
    {
        _range.Carry(carrier);
        _plus.Carry(carrier);
        _minus.Carry(carrier);
        _index.Carry(carrier);
        carrier.Carry(ref _high);
        carrier.Carry(ref _low);
        carrier.Carry(ref _close);
    }

    /// <summary>DX of two smoothed movements, 0 to 100.</summary>
    internal static double Index(double plus, double minus)
    {
        var both = plus + minus;
        return both > 0 ? 100 * Math.Abs(plus - minus) / both : 0;
    }

    private AdxReading Read()
    {
        double plus = _plus.Value, minus = _minus.Value, range = _range.Value;
        _index.Add(Index(plus, minus));
        var scale = range > 0 ? 100 / range : 0;
        return new(_index.IsFull ? _index.Value : double.NaN, scale * plus, scale * minus);
    }
}
