using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Cumulative volume delta: the running sum of 2·taker buy volume − volume, in base units, from 00:00 UTC
/// on. Its level means nothing; compare within a day. Source: spec 2.2. Warm-up 1. From the first bar
/// without taker volume to the end of that day it is NaN: a sum with a hole is not a smaller sum.
/// </summary>
public sealed class Cvd : IIndicator<Candle, double>
{
    private long _dayMs = long.MinValue;
    private double _sum;

    public int WarmupBars => 1;

    public double Update(in Candle input)
    {
        var dayMs = TimeFrame.D1.OpenOf(input.OpenTimeMs);
        if (dayMs != _dayMs) (_dayMs, _sum) = (dayMs, 0);
        return _sum += input.Delta;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(ref _dayMs);
        carrier.Carry(ref _sum);
    }
}
