using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Commodity channel index: (tp − mean)/(0.015·mean absolute deviation) of the typical price over n bars.
/// Source: Lambert 1980. Warm-up n. NaN while nothing deviates. The mean absolute deviation moves with
/// the mean, so the n bars are visited at each update; n is a constant, and nothing can drift.
/// </summary>
/// <param name="periods">Number of bars n, 2 to 100,000.</param>
public sealed class Cci(int periods = 20) : IIndicator<Candle, double>
{
    // Lambert's constant: about three quarters of the values then lie within ±100.
    private const double Scale = 0.015;

    private readonly double[] _ring = new double[Require.Periods(periods, min: 2)];
    private int _at;
    private bool _full;

    public int WarmupBars => _ring.Length;

    public double Update(in Candle input)
    {
        _ring[_at] = input.Typical;
        if (++_at == _ring.Length) (_at, _full) = (0, true);
        return _full ? Read(input.Typical) : double.NaN;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(_ring);
        carrier.Carry(ref _at);
        carrier.Carry(ref _full);
    }

    private double Read(double typical)
    {
        // Distances to the newest value instead of values: equal values then deviate by exactly 0.
        double sum = 0, deviations = 0;
        foreach (var value in _ring) sum += value - typical;
        var mean = sum / _ring.Length;
        foreach (var value in _ring) deviations += Math.Abs(value - typical - mean);
        return deviations > 0 ? -mean / (Scale * deviations / _ring.Length) : double.NaN;
    }
}
