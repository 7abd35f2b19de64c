using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Vortex: Σ|H − L₋₁| and Σ|L − H₋₁| over ΣTR, of the last n bars. Source: Botes and Siepman 2010. Warm-up
/// n + 1: the first bar has none before it. NaN while nothing moves.
/// </summary>
/// <param name="periods">Number of bars n, 1 to 100,000.</param>
public sealed class Vortex(int periods = 14) : IIndicator<Candle, VortexReading>
{
    private static readonly VortexReading Unavailable = new(double.NaN, double.NaN);

    private readonly int _periods = Require.Periods(periods);
    private RollingSum _plus = new(Require.Periods(periods));
    private RollingSum _minus = new(Require.Periods(periods));
    private RollingSum _range = new(Require.Periods(periods));
    private double _high = double.NaN;
    private double _low;
    private double _close;

    public int WarmupBars => _periods + 1;

    public VortexReading Update(in Candle input)
    {
        double high = _high, low = _low, close = _close;
        (_high, _low, _close) = (input.High, input.Low, input.Close);
        if (double.IsNaN(high)) return Unavailable;

        _plus.Add(Math.Abs(input.High - low));
        _minus.Add(Math.Abs(input.Low - high));
        _range.Add(TrueRange.Of(input, close));
        return _range.IsFull && _range.Sum > 0
            ? new(_plus.Sum / _range.Sum, _minus.Sum / _range.Sum)
            : Unavailable;
    }

    public void Carry(StateCarrier carrier)
    {
        _plus.Carry(carrier);
        _minus.Carry(carrier);
        _range.Carry(carrier);
        carrier.Carry(ref _high);
        carrier.Carry(ref _low);
        carrier.Carry(ref _close);
    }
}
