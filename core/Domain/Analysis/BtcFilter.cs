using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>
/// What BTC's closed 1h candles say to every other symbol (spec 1.6 and 2.9): the change over three
/// bars, the impulse and the expansion that block mean reversion, and a slow bias.
/// </summary>
public sealed class BtcFilter : IStateful
{
    private const int ChangeBars = 3;

    private readonly BtcFilterOptions _options;
    private readonly Atr _atr = new(14);
    private readonly Sma _atrMean;
    private readonly Ema _ema20 = new(20);
    private readonly Ema _ema50 = new(50);
    private readonly Ring<Closed> _closes = new(ChangeBars + 1);
    private long _closeMs = long.MinValue;
    private long _blockedFromMs = long.MinValue;
    private double _change3 = double.NaN;
    private Bias _bias;
    private bool _isImpulse;
    private bool _isExpansion;

    public BtcFilter(BtcFilterOptions? options = null)
    {
        _options = options ?? BtcFilterOptions.Default;
        _atrMean = new(_options.ExpansionBars);
    }

    /// <summary>Close time of the last candle; the caller decides whether that is the one it needs.</summary>
    public long CloseMs => _closeMs;

    /// <summary>C/C₋₃ − 1; NaN while there are fewer than four bars or one of them is missing.</summary>
    public double Change3 => _change3;

    /// <summary>EMA20 above or below EMA50 by more than the dead band; neutral while warming up.</summary>
    public Bias Bias => _bias;

    /// <summary>The last candle was an impulse.</summary>
    public bool IsImpulse => _isImpulse;

    /// <summary>The last candle found volatility expanding.</summary>
    public bool IsExpansion => _isExpansion;

    /// <summary>Folds BTC's next closed 1h candle in.</summary>
    public void Update(in Candle h1)
    {
        _closeMs = h1.CloseTimeMs(TimeFrame.H1);
        _closes.Add(new(h1.OpenTimeMs, h1.Close));
        _change3 = Change(h1);

        var atr = _atr.Update(h1);
        var mean = _atrMean.Update(atr);
        _isImpulse = h1.Range / h1.Open >= _options.ImpulseRange;
        _isExpansion = atr > _options.ExpansionRatio * mean;   // NaN: false
        if (_isImpulse || _isExpansion) _blockedFromMs = _closeMs;

        var lead = (_ema20.Update(h1.Close) / _ema50.Update(h1.Close)) - 1;
        _bias = Math.Abs(lead) > _options.DeadBand ? (Bias)Math.Sign(lead) : Bias.Neutral;   // NaN: neutral
    }

    /// <summary>
    /// Mean reversion is blocked at <paramref name="nowMs"/>: from the close of an impulse or expansion
    /// bar for 30 minutes, the last moment excluded.
    /// </summary>
    public bool BlocksMeanReversion(long nowMs) =>
        _blockedFromMs != long.MinValue
        && nowMs >= _blockedFromMs
        && nowMs < _blockedFromMs + (_options.BlockMinutes * TimeFrame.M1.Ms());

    public void Carry(StateCarrier carrier)
    {
        carrier.Part(nameof(BtcFilter), 1);
        _atr.Carry(carrier);
        _atrMean.Carry(carrier);
        _ema20.Carry(carrier);
        _ema50.Carry(carrier);
        _closes.Carry(carrier);
        carrier.Carry(ref _closeMs);
        carrier.Carry(ref _blockedFromMs);
        carrier.Carry(ref _change3);
        carrier.Carry(ref _bias);
        carrier.Carry(ref _isImpulse);
        carrier.Carry(ref _isExpansion);
    }

    private double Change(in Candle h1)
    {
        if (_closes.Count <= ChangeBars) return double.NaN;
        ref readonly var before = ref _closes.Ago(ChangeBars);
        return before.OpenTimeMs == h1.OpenTimeMs - (ChangeBars * TimeFrame.H1.Ms())
            ? (h1.Close / before.Close) - 1
            : double.NaN;
    }

    private readonly record struct Closed(long OpenTimeMs, double Close);
}
