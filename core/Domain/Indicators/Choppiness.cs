using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Choppiness index, 0 (one straight move) to 100 (none): 100·log₁₀(ΣTR/(highest true high − lowest true
/// low))/log₁₀ n over the last n bars. Source: Dreiss. Warm-up n + 1. NaN without a range.
/// <b>For charts, not for decisions:</b> a logarithm differs between platforms in its last bit, and a
/// decision must not.
/// </summary>
/// <param name="periods">Number of bars n, 2 to 100,000.</param>
public sealed class Choppiness(int periods = 14) : IIndicator<Candle, double>
{
    private readonly int _periods = Require.Periods(periods, min: 2);
    private readonly double _scale = 100 / Math.Log10(periods);
    private RollingSum _ranges = new(Require.Periods(periods, min: 2));
    private RollingRange _extremes = new(Require.Periods(periods, min: 2));
    private double _close = double.NaN;

    public int WarmupBars => _periods + 1;

    public double Update(in Candle input)
    {
        var close = _close;
        _close = input.Close;
        if (double.IsNaN(close)) return double.NaN;

        _ranges.Add(TrueRange.Of(input, close));
        _extremes.Add(Math.Max(input.High, close), Math.Min(input.Low, close));
        var range = _extremes.High - _extremes.Low;
        return _ranges.IsFull && range > 0 ? _scale * Math.Log10(_ranges.Sum / range) : double.NaN;
    }

    public void Carry(StateCarrier carrier)
    {
        _ranges.Carry(carrier);
        _extremes.Carry(carrier);
        carrier.Carry(ref _close);
    }
}
