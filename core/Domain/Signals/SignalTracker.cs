using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Signals;

/// <summary>
/// Follows one signal through many bars at the cost of a few comparisons each: only a bar on which something
/// can happen reaches <see cref="SignalLifecycle"/>. The journal events and the state are those that
/// <see cref="SignalLifecycle.Decide"/> gives for every bar.
/// </summary>
public sealed class SignalTracker : IStateful
{
    private SignalState _state;      // without the quiet bars since
    private bool _quiet;             // there are such bars
    private long _knownUntilMs;
    private double _last;
    private double _below, _above;   // nothing happens while the bar stays strictly between
    private long _wakeMs;            // nor while it ends at or before this
    private double _high, _low;      // extremes of the quiet bars with their times
    private long _highAtMs, _lowAtMs;
    private bool _trailing;

    public SignalTracker(SignalState state)
    {
        _state = state;
        Arm();
    }

    public TradePlan Plan => _state.Plan;

    public bool IsFinal => _state.IsFinal;

    /// <summary>Market time up to which the price path is known, UTC Unix milliseconds.</summary>
    public long KnownUntilMs => _knownUntilMs;

    /// <summary>True while there is a position.</summary>
    public bool IsLive => _state.Live is not null;

    /// <summary>The state, the quiet bars included.</summary>
    public SignalState State
    {
        get
        {
            Settle();
            return _state;
        }
    }

    /// <summary>Takes a bar; the journal events it caused, mostly none.</summary>
    /// <param name="atr">ATR of the strategy's frame when the bar ends one of its bars, else NaN.</param>
    /// <param name="fundingRate">Rate of the settlement inside the bar; NaN = unknown.</param>
    public IReadOnlyList<SignalEvent> OnBar(
        in Candle bar, long toMs, double atr = double.NaN, double fundingRate = double.NaN)
    {
        if (bar.OpenTimeMs == _knownUntilMs && toMs <= _wakeMs && toMs > _knownUntilMs
            && bar.Low > _below && bar.High < _above && !(_trailing && double.IsFinite(atr)))
        {
            PassQuietly(bar, toMs);
            return [];
        }

        return Take(new SignalInput.BarClosed(
            bar.OpenTimeMs, toMs, bar.Open, bar.High, bar.Low, bar.Close, atr, fundingRate));
    }

    /// <summary>Takes any input; the journal events it caused.</summary>
    public IReadOnlyList<SignalEvent> Take(SignalInput input)
    {
        Settle();
        var events = SignalLifecycle.Decide(_state, input);
        foreach (var e in events) _state = SignalLifecycle.Evolve(_state, e);
        Arm();
        return events.Any(e => !e.IsJournal) ? [.. events.Where(e => e.IsJournal)] : events;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Part(nameof(SignalTracker), version: 1);
        string? json = SignalJson.Write(State);
        carrier.Carry(ref json);
        _state = SignalJson.ReadState(json ?? throw new SnapshotException("A tracked signal was missing"));
        Arm();
    }

    private void PassQuietly(in Candle bar, long toMs)
    {
        if (bar.High > _high) (_high, _highAtMs) = (bar.High, toMs);
        if (bar.Low < _low) (_low, _lowAtMs) = (bar.Low, toMs);
        (_knownUntilMs, _last, _quiet) = (toMs, bar.Close, true);
    }

    private void Settle()
    {
        if (!_quiet) return;
        if (_state.Live is { } position) _state = SignalTransitions.With(_state, Watched(position));
        _state = _state with { KnownUntilMs = _knownUntilMs, LastPrice = _last };
        _quiet = false;
    }

    private Position Watched(Position position)
    {
        var isLong = Plan.Side == Side.Long;
        var (best, bestAtMs) = isLong ? (_high, _highAtMs) : (_low, _lowAtMs);
        var (worst, worstAtMs) = isLong ? (_low, _lowAtMs) : (_high, _highAtMs);
        position = SignalTransitions.Watch(position, Plan.Side, best, (double)position.Entry, bestAtMs);
        return SignalTransitions.Watch(position, Plan.Side, (double)position.Entry, worst, worstAtMs);
    }

    /// <summary>Finds between which prices, and until when, nothing can happen.</summary>
    private void Arm()
    {
        _knownUntilMs = _state.KnownUntilMs;
        (_high, _low) = (double.NegativeInfinity, double.PositiveInfinity);
        (_highAtMs, _lowAtMs) = (_knownUntilMs, _knownUntilMs);
        _trailing = _state is SignalState.Target2Done;
        (_below, _above, _wakeMs) = (double.PositiveInfinity, double.NegativeInfinity, long.MinValue);
        if (_state.IsFinal || _state.Held.Count > 0 || Plan.Fills == FillSource.Exchange) return;

        var (worse, better) = Levels();
        (_below, _above) = Plan.Side == Side.Long ? (worse, better) : (better, worse);
        _wakeMs = WakeMs();
    }

    // Prices that wake: against the position and in its favour; an infinity = none there.
    private (double Worse, double Better) Levels()
    {
        var away = Plan.Side == Side.Long ? double.PositiveInfinity : double.NegativeInfinity;
        return _state switch
        {
            SignalState.PendingEntry when Plan.EntryType == Risk.EntryType.Limit => (EntryTrigger(), away),
            SignalState.Open s => ((double)s.Position.Stop, (double)s.Position.Target1),
            SignalState.Target1Done s => ((double)s.Position.Stop, s.Position.Target2 is { } t ? (double)t : away),
            SignalState.Target2Done s => ((double)s.Position.Stop, away),
            _ => (away, -away),   // everything wakes
        };
    }

    private double EntryTrigger() =>
        (double)(Plan.Entry - (Plan.Dir * Plan.Exits.EntryThroughTicks * Plan.Rules.TickSize));

    // A bar that ends at the deadline acts at its close; one that ends at a settlement does not hold it.
    private long WakeMs()
    {
        if (_state is SignalState.PendingEntry p) return p.ExpiresAtMs - 1;
        return Math.Min(TimeStops.DeadlineMs(_state) - 1, NextSettlement());
    }

    private long NextSettlement() =>
        Plan.Funding.AtOrAfter(Math.Max(_knownUntilMs, (_state.Live?.EnteredAtMs ?? _knownUntilMs) + 1));
}
