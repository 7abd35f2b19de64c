using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>One time frame of one symbol: its last closed bars and the indicators at each of them.</summary>
public sealed class FrameStudies : IStateful
{
    /// <summary>Bars kept: the longest look-back of any strategy is 103 (a sweep of a swing 100 bars old).</summary>
    public const int Keep = 128;

    private readonly Ema _ema5 = new(5);
    private readonly Ema _ema9 = new(9);
    private readonly Ema _ema13 = new(13);
    private readonly Ema _ema20 = new(20);
    private readonly Ema _ema21 = new(21);
    private readonly Ema _ema50 = new(50);
    private readonly Ema _ema200 = new(200);
    private readonly Atr _atr = new(14);
    private readonly Adx _adx = new(14);
    private readonly Sma _volumeMean20 = new(20);
    private readonly RollingMedian _volumeMedian20 = new(20);
    private readonly RollingMedian _volumeMedian50 = new(50);
    private readonly Ring<BarStudies> _studies = new(Keep);
    private double _mean20 = double.NaN;
    private double _median20 = double.NaN;
    private double _median50 = double.NaN;

    public FrameStudies(TimeFrame frame) => Bars = new(frame, Keep);

    public CandleSeries Bars { get; }

    public TimeFrame Frame => Bars.Frame;

    /// <summary>Bars folded in since the start or the last restart: how ripe the slow indicators are.</summary>
    public long BarsFolded => Bars.LastIndex + 1;

    public bool IsEmpty => Bars.Count == 0;

    public ref readonly Candle Bar => ref Bars.Ago(0);

    public ref readonly BarStudies Now => ref _studies.Ago(0);

    public ref readonly BarStudies Ago(int ago) => ref _studies.Ago(ago);

    /// <summary>Folds the next closed bar in; anything but an append changes nothing.</summary>
    public AppendOutcome Update(in Candle bar)
    {
        var outcome = Bars.Append(bar);
        if (outcome is not (AppendOutcome.Appended or AppendOutcome.AppendedAfterGap)) return outcome;

        _studies.Add(new BarStudies(
            _ema5.Update(bar.Close),
            _ema9.Update(bar.Close),
            _ema13.Update(bar.Close),
            _ema20.Update(bar.Close),
            _ema21.Update(bar.Close),
            _ema50.Update(bar.Close),
            _ema200.Update(bar.Close),
            _atr.Update(bar),
            _adx.Update(bar).Adx,
            _mean20,
            _median20,
            _median50));

        // Volume is held against the bars before it: the bar itself enters the window afterwards (spec 2.1).
        _mean20 = _volumeMean20.Update(bar.Volume);
        _median20 = _volumeMedian20.Update(bar.Volume);
        _median50 = _volumeMedian50.Update(bar.Volume);
        return outcome;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Part("frame", 1);
        Bars.Carry(carrier);
        _ema5.Carry(carrier);
        _ema9.Carry(carrier);
        _ema13.Carry(carrier);
        _ema20.Carry(carrier);
        _ema21.Carry(carrier);
        _ema50.Carry(carrier);
        _ema200.Carry(carrier);
        _atr.Carry(carrier);
        _adx.Carry(carrier);
        _volumeMean20.Carry(carrier);
        _volumeMedian20.Carry(carrier);
        _volumeMedian50.Carry(carrier);
        _studies.Carry(carrier);
        carrier.Carry(ref _mean20);
        carrier.Carry(ref _median20);
        carrier.Carry(ref _median50);
    }
}
