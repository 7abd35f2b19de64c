namespace FuturesBot.Domain.Market;

/// <summary>
/// The closed candles of one symbol and time frame, newest at <c>Ago(0)</c>, with gap detection.
/// Nothing is filled in: a missing candle stays missing and is counted.
/// </summary>
public sealed class CandleSeries : IStateful
{
    private readonly Ring<Candle> _bars;
    private long _missing;
    private long _barsSinceGap = long.MaxValue / 2;
    private long _lastGapBars;

    /// <param name="frame">Length of each candle.</param>
    /// <param name="keep">How many candles strategies may look back; older ones are forgotten.</param>
    public CandleSeries(TimeFrame frame, int keep)
    {
        Frame = frame;
        _bars = new(keep);
    }

    public TimeFrame Frame { get; }

    public int Count => _bars.Count;

    /// <summary>Number of the newest bar, counted from 0 since the first one; −1 when empty.</summary>
    public long LastIndex => _bars.Added - 1;

    public ref readonly Candle Last => ref _bars.Ago(0);

    /// <summary>Candles known to be missing between the first and the last.</summary>
    public long Missing => _missing;

    /// <summary>Bars appended since the last gap, this bar included; very large when there was none.</summary>
    public long BarsSinceGap => _barsSinceGap;

    /// <summary>Length in bars of the last gap; 0 when there was none.</summary>
    public long LastGapBars => _lastGapBars;

    public ref readonly Candle Ago(int ago) => ref _bars.Ago(ago);

    /// <summary>Appends the next closed candle.</summary>
    /// <exception cref="ArgumentException">The open time is not aligned to the frame.</exception>
    public AppendOutcome Append(in Candle bar)
    {
        if (!Frame.IsAligned(bar.OpenTimeMs))
            throw new ArgumentException($"Open time was {bar.OpenTimeMs}, not aligned to {Frame.Code()}", nameof(bar));

        var gap = 0L;
        if (Count > 0)
        {
            ref readonly var last = ref Last;
            if (bar.OpenTimeMs == last.OpenTimeMs)
                return bar.Equals(last) ? AppendOutcome.Duplicate : AppendOutcome.Conflict;
            if (bar.OpenTimeMs < last.OpenTimeMs) return AppendOutcome.Late;
            gap = ((bar.OpenTimeMs - last.OpenTimeMs) / Frame.Ms()) - 1;
        }

        _bars.Add(bar);
        if (gap == 0)
        {
            _barsSinceGap++;
            return AppendOutcome.Appended;
        }

        _missing += gap;
        _lastGapBars = gap;
        _barsSinceGap = 1;
        return AppendOutcome.AppendedAfterGap;
    }

    /// <summary>How many of the last closes lie beyond a level in the side's direction.</summary>
    public int ClosesBeyond(Side side, double level, int bars)
    {
        var closes = 0;
        for (var ago = 0; ago < bars; ago++)
        {
            if (side.Beyond(Ago(ago).Close, level) > 0) closes++;
        }

        return closes;
    }

    /// <summary>Forgets everything, as after a gap too long to bridge (spec 2.17).</summary>
    public void Restart()
    {
        _bars.Clear();
        _missing = 0;
        _lastGapBars = 0;
        _barsSinceGap = long.MaxValue / 2;
    }

    public void Carry(StateCarrier carrier)
    {
        _bars.Carry(carrier);
        carrier.Carry(ref _missing);
        carrier.Carry(ref _barsSinceGap);
        carrier.Carry(ref _lastGapBars);
    }
}
