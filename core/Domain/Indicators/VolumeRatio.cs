using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Volume over the median volume of the previous n bars: V / median(V[t−n..t−1]); the current bar is
/// excluded, or a burst would hide itself. Source: spec 2.1. Warm-up n + 1. NaN where the median is 0.
/// </summary>
/// <param name="periods">Number of bars n, 1 to 100,000.</param>
public sealed class VolumeRatio(int periods = 20) : IIndicator<Candle, double>
{
    private readonly int _periods = Require.Periods(periods);
    private SortedWindow _window = new(Require.Periods(periods));

    public int WarmupBars => _periods + 1;

    public double Update(in Candle input)
    {
        var median = _window.IsFull ? _window.Median : 0;
        _window.Add(input.Volume);
        return median > 0 ? input.Volume / median : double.NaN;
    }

    public void Carry(StateCarrier carrier) => _window.Carry(carrier);
}
