using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Median of the last n values, the newest included; of an even number the mean of the two middle ones.
/// For a comparison with the values <i>before</i> the current one see <see cref="VolumeRatio"/>. Source:
/// spec 2.1. Warm-up n. O(log n) comparisons and one block copy.
/// </summary>
/// <param name="periods">Number of values, 1 to 100,000.</param>
public sealed class RollingMedian(int periods = 20) : IIndicator<double, double>
{
    private readonly int _periods = Require.Periods(periods);
    private SortedWindow _window = new(Require.Periods(periods));

    public int WarmupBars => _periods;

    public double Update(in double input)
    {
        if (!double.IsFinite(input)) return double.NaN;
        _window.Add(input);
        return _window.IsFull ? _window.Median : double.NaN;
    }

    public void Carry(StateCarrier carrier) => _window.Carry(carrier);
}
