using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// VWAP of the bars whose open time is at or after 00:00 UTC of their day, with σ. Source: spec 2.3.
/// Warm-up 1. Days are those of the calendar, not counts of bars.
/// </summary>
public sealed class DailyVwap : IIndicator<Candle, VwapReading>
{
    private VwapSums _sums;
    private long _dayMs = long.MinValue;

    public int WarmupBars => 1;

    public VwapReading Update(in Candle input)
    {
        var dayMs = TimeFrame.D1.OpenOf(input.OpenTimeMs);
        if (dayMs != _dayMs) _sums.Clear();
        _dayMs = dayMs;
        _sums.Add(input);
        return _sums.Read();
    }

    public void Carry(StateCarrier carrier)
    {
        _sums.Carry(carrier);
        carrier.Carry(ref _dayMs);
    }
}
