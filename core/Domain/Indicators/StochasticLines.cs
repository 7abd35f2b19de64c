using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// What the stochastics share: the place of a value in a range, smoothed to %K, and %D. A range without
/// height has no places; by convention its only value lies in the middle, at 50.
/// </summary>
internal sealed class StochasticLines(int smoothing, int signal) : IStateful
{
    private readonly Sma _k = new(smoothing);
    private readonly Sma _d = new(signal);

    /// <summary>Inputs after the first place until both lines are there.</summary>
    public int WarmupBars => _k.WarmupBars + _d.WarmupBars - 2;

    /// <summary>100·(value − low)/(high − low).</summary>
    public static double Place(double value, double high, double low) =>
        high > low ? 100 * (value - low) / (high - low) : 50;

    public StochasticReading Update(double place)
    {
        var k = _k.Update(place);
        return new(k, _d.Update(k));
    }

    public void Carry(StateCarrier carrier)
    {
        _k.Carry(carrier);
        _d.Carry(carrier);
    }
}
