using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>
/// VWAP from the last confirmed swing of a higher frame that price left with an impulse (spec 2.3).
/// </summary>
/// <remarks>
/// An anchor changes only to a newer such swing and for two of three reasons: the new impulse itself, 30
/// hours since the anchor, a close two ATRs from it; and not within the lock. Without an anchor, or once it
/// is too old, the next such swing is taken at once. The VWAP is computed back from the swing's bar, but
/// there is none before the bar at which the anchor became known.
/// </remarks>
public sealed class AnchoredVwapTracker : IStateful
{
    private readonly AnchoredVwapOptions _options;
    private readonly SwingDetector _swings;
    private readonly Atr _atr = new(14);
    private readonly Ring<HighLow> _recent;
    private readonly AnchoredVwap _vwap = new(0);
    private Swing _impulse = new(-1, 0, double.NaN, -1);
    private Swing _anchor = new(-1, 0, double.NaN, -1);
    private Side _impulseSide;
    private Side _anchorSide;
    private long _takenIndex;
    private long _knownMs;
    private bool _hasAnchor;
    private bool _isNew;
    private bool _isWhole;

    public AnchoredVwapTracker(AnchoredVwapOptions? options = null)
    {
        _options = options ?? AnchoredVwapOptions.Hour;
        _swings = new(_options.Wing, keep: 16);
        _recent = new(_options.Wing);
    }

    /// <summary>There is an anchor.</summary>
    public bool HasAnchor => _hasAnchor;

    /// <summary>The anchor's swing in bars of the higher frame; see <see cref="HasAnchor"/>.</summary>
    public Swing Anchor => _anchor;

    /// <summary>The way price left the anchor: long from a swing low, short from a swing high.</summary>
    public Side AnchorSide => _anchorSide;

    /// <summary>The moment the anchor was taken (close of a higher bar, UTC, Unix milliseconds).</summary>
    public long KnownMs => _knownMs;

    /// <summary>VWAP and σ after the last bar; unavailable without an anchor.</summary>
    public VwapReading Current => _hasAnchor && _isWhole && !_isNew ? _vwap.Current : VwapReading.Unavailable;

    /// <summary>Folds the next closed higher candle in, before the lower one that closes with it.</summary>
    public void UpdateHigher(in Candle bar)
    {
        var atr = _atr.Update(bar);
        _swings.Update(bar);
        _recent.Add(new(bar.High, bar.Low));
        if (_hasAnchor && _swings.LastIndex - _anchor.BarIndex > _options.TtlBars) _hasAnchor = false;
        if (!(atr > 0)) return;

        FindImpulses(_swings.Highs, Side.Short, atr, _swings.NewHigh);
        FindImpulses(_swings.Lows, Side.Long, atr, _swings.NewLow);
        if (_impulse.BarIndex <= _anchor.BarIndex || !MayAnchor(bar, atr)) return;
        (_anchor, _anchorSide) = (_impulse, _impulseSide);
        _takenIndex = _swings.LastIndex;
        _knownMs = bar.CloseTimeMs(_options.Frame);
        _hasAnchor = true;
        _isNew = true;
    }

    /// <summary>Folds the newest lower bar in; from a new anchor on the bars are read anew.</summary>
    public VwapReading Update(CandleSeries bars)
    {
        if (!_hasAnchor) return Current;
        if (_isNew) Begin(bars);
        else _vwap.Update(bars.Last);
        return Current;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Part(nameof(AnchoredVwapTracker), 1);
        _swings.Carry(carrier);
        _atr.Carry(carrier);
        _recent.Carry(carrier);
        _vwap.Carry(carrier);
        carrier.Carry(ref _impulse);
        carrier.Carry(ref _anchor);
        carrier.Carry(ref _impulseSide);
        carrier.Carry(ref _anchorSide);
        carrier.Carry(ref _takenIndex);
        carrier.Carry(ref _knownMs);
        carrier.Carry(ref _hasAnchor);
        carrier.Carry(ref _isNew);
        carrier.Carry(ref _isWhole);
    }

    /// <summary>Remembers the newest swing that price has left by an impulse.</summary>
    private void FindImpulses(Ring<Swing> swings, Side side, double atr, bool isFirstNew)
    {
        for (var ago = 0; ago < swings.Count; ago++)
        {
            ref readonly var swing = ref swings.Ago(ago);
            var isTooOld = _swings.LastIndex - swing.BarIndex > _options.ImpulseBars;
            if (isTooOld || swing.BarIndex <= _impulse.BarIndex) return;

            // A swing just confirmed was left by all the bars after it, an older one by the newest bar.
            var bars = ago == 0 && isFirstNew ? _options.Wing : 1;
            for (var back = 0; back < bars; back++)
            {
                ref readonly var bar = ref _recent.Ago(back);
                var way = side == Side.Long ? bar.High - swing.Price : swing.Price - bar.Low;
                if (way < _options.ImpulseAtr * atr) continue;
                (_impulse, _impulseSide) = (swing, side);
                return;
            }
        }
    }

    private bool MayAnchor(in Candle bar, double atr)
    {
        if (!_hasAnchor) return true;
        if (_swings.LastIndex - _takenIndex < _options.LockBars) return false;
        var ageMs = bar.CloseTimeMs(_options.Frame) - _anchor.TimeMs - _options.Frame.Ms();
        var isOld = ageMs >= _options.OldHours * TimeFrame.H1.Ms();
        var isFar = Math.Abs(bar.Close - _anchor.Price) >= _options.FarAtr * atr;
        return isOld || isFar;   // the new impulse is the other of the two reasons
    }

    private void Begin(CandleSeries bars)
    {
        _isNew = false;
        _vwap.Restart(_anchor.TimeMs);
        var back = 0;
        while (back < bars.Count && bars.Ago(back).OpenTimeMs >= _anchor.TimeMs) back++;

        // Else the series is too short, and a VWAP of a part of the bars would be another one.
        _isWhole = back > 0 && bars.Ago(back - 1).OpenTimeMs == _anchor.TimeMs;
        for (var ago = back - 1; ago >= 0; ago--) _vwap.Update(bars.Ago(ago));
    }

    private readonly record struct HighLow(double High, double Low);
}
