using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Percentile rank of x among the last N values, x included: 100·(count(&lt; x) + 0.5·count(= x))/N, above 0
/// and below 100. Source: spec 2 (notation). Warm-up N. O(log N) comparisons and one block copy.
/// </summary>
/// <param name="periods">Number of values N, 1 to 100,000.</param>
public sealed class PercentileRank(int periods) : IIndicator<double, double>
{
    private readonly int _periods = Require.Periods(periods);
    private SortedWindow _window = new(Require.Periods(periods));

    public int WarmupBars => _periods;

    public double Update(in double input)
    {
        if (!double.IsFinite(input)) return double.NaN;
        _window.Add(input);
        if (!_window.IsFull) return double.NaN;
        var below = _window.CountBelow(input);
        var equal = _window.CountUpTo(input) - below;
        return 100 * (below + (0.5 * equal)) / _periods;
    }

    public void Carry(StateCarrier carrier) => _window.Carry(carrier);
}
