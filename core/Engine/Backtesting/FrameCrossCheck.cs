using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Backtesting;

/// <summary>
/// Holds recorded 15m candles against the sum of their recorded 5m candles. They should agree; where the
/// exchange was down they do not, and the report says how often.
/// </summary>
internal sealed class FrameCrossCheck
{
    // Volumes are summed in another order than the exchange did.
    private const double VolumeTolerance = 1e-9;

    private readonly Resampler _sum = new(TimeFrame.M5, TimeFrame.M15);
    private Candle _recorded;
    private bool _waiting;

    public long Mismatches { get; private set; }

    public void Recorded(in Candle m15)
    {
        _recorded = m15;
        _waiting = true;
    }

    public void Child(in Candle m5)
    {
        if (!_sum.TryAdd(m5, out var sum) || !_waiting || sum.OpenTimeMs != _recorded.OpenTimeMs) return;
        _waiting = false;
        if (sum.Open != _recorded.Open || sum.High != _recorded.High || sum.Low != _recorded.Low
            || sum.Close != _recorded.Close || Math.Abs(sum.Volume - _recorded.Volume) > VolumeTolerance * _recorded.Volume)
        {
            Mismatches++;
        }
    }
}
