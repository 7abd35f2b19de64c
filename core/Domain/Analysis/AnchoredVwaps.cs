using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>
/// The VWAPs of 15m bars that are anchored at swings of 1h and of 4h (spec 2.3). Keeps its own bars: an
/// anchor reaches back further than any strategy looks.
/// </summary>
public sealed class AnchoredVwaps : IStateful
{
    /// <summary>Bars kept: those of the oldest anchor allowed, 30 bars of 4h, and some more.</summary>
    public const int Keep = 512;

    private readonly CandleSeries _bars = new(TimeFrame.M15, Keep);
    private readonly AnchoredVwapTracker _hour = new(AnchoredVwapOptions.Hour);
    private readonly AnchoredVwapTracker _fourHours = new(AnchoredVwapOptions.FourHours);

    /// <summary>VWAP since the last 1h swing that was left by an impulse.</summary>
    public VwapReading Hour => _hour.Current;

    /// <summary>VWAP since the last such 4h swing.</summary>
    public VwapReading FourHours => _fourHours.Current;

    /// <summary>The 1h swing that <see cref="Hour"/> runs from; null without one.</summary>
    public Swing? HourAnchor => _hour.HasAnchor ? _hour.Anchor : null;

    /// <summary>The 4h swing that <see cref="FourHours"/> runs from; null without one.</summary>
    public Swing? FourHoursAnchor => _fourHours.HasAnchor ? _fourHours.Anchor : null;

    /// <summary>Folds the next closed candle in; of those that close together the longest first.</summary>
    public void Update(TimeFrame frame, in Candle bar)
    {
        switch (frame)
        {
            case TimeFrame.H1:
                _hour.UpdateHigher(bar);
                break;
            case TimeFrame.H4:
                _fourHours.UpdateHigher(bar);
                break;
            case TimeFrame.M15 when _bars.Append(bar) is AppendOutcome.Appended or AppendOutcome.AppendedAfterGap:
                _hour.Update(_bars);
                _fourHours.Update(_bars);
                break;
        }
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Part(nameof(AnchoredVwaps), 1);
        _bars.Carry(carrier);
        _hour.Carry(carrier);
        _fourHours.Carry(carrier);
    }
}
