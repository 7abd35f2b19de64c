using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Scoring;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain;

/// <summary>
/// One symbol's place in the pipeline: what is known of it, what it has signalled, and the signals that
/// live on it.
/// </summary>
public sealed class SymbolDesk : IStateful
{
    /// <summary>Bars after a gap in which nothing new is set up (spec 2.17).</summary>
    public const int FreezeBars = 3;

    private readonly AnalysisOptions _options;
    private readonly FiredSetups _fired = new();
    private readonly List<SignalTracker> _live = [];
    private Candle _baseBar;
    private bool _baseClosed;
    private bool _studiedClosed;
    private bool _isDraining;
    private long _restarts;
    private long _refusedCandles;

    /// <param name="listing">Symbol and rules.</param>
    /// <param name="options">Of the analysis.</param>
    /// <param name="depth">How much is decided.</param>
    /// <param name="before">The desk whose place it takes: what was triggered and locked stays so.</param>
    public SymbolDesk(SymbolListing listing, AnalysisOptions options, PipelineDepth depth, SymbolDesk? before = null)
    {
        (Triggers, Locks) = (before?.Triggers ?? new(), before?.Locks ?? new());
        Listing = listing;
        _options = options;
        Analysis = new(listing.Symbol, listing.Rules.TickSize, options);
        View = new(Analysis);
        Log = new(depth == PipelineDepth.Exhaustive, _fired);
    }

    public SymbolListing Listing { get; private set; }

    public Symbol Symbol => Listing.Symbol;

    public SymbolAnalysis Analysis { get; private set; }

    public MarketView View { get; private set; }

    /// <summary>What the strategies wrote at the last closing time.</summary>
    public DecisionLog Log { get; }

    /// <summary>The readings that candles cannot give, as the host knows them now.</summary>
    public MarketContext Context { get; set; } = MarketContext.Unavailable;

    public TriggerMemory Triggers { get; }

    public SignalLocks Locks { get; }

    /// <summary>The signals that have not ended, oldest first.</summary>
    public IReadOnlyList<SignalTracker> Live => _live;

    /// <summary>The symbol leaves: its signals live to their end, and no strategy is asked any more.</summary>
    public bool IsDraining
    {
        get => _isDraining;
        internal set => _isDraining = value;
    }

    /// <summary>How often a gap too long to bridge made the symbol start anew.</summary>
    public long Restarts => _restarts;

    /// <summary>Candles that were late, doubled or contradicted what was known; they changed nothing.</summary>
    public long RefusedCandles => _refusedCandles;

    /// <summary>A gap lies so close behind that nothing new is set up.</summary>
    public bool IsFrozen => View.Frame(Listing.BaseFrame).Bars.BarsSinceGap <= FreezeBars;

    /// <summary>Its base bars are missing for longer than is bridged.</summary>
    internal bool IsSilentAt(long closeMs)
    {
        var studies = View.Frame(Listing.BaseFrame);
        return !studies.IsEmpty
            && closeMs - studies.Bar.CloseTimeMs(Listing.BaseFrame) > SymbolAnalysis.BridgedGapBars * Listing.BaseFrame.Ms();
    }

    /// <summary>A studied frame closed at the time being decided.</summary>
    internal bool HasClosed => _studiedClosed;

    /// <summary>Other rules for new plans, on the same grid of prices.</summary>
    internal void Relist(SymbolListing listing) => Listing = listing;

    internal FoldOutcome Fold(TimeFrame frame, in Candle bar)
    {
        if (frame == TimeFrame.M1) return FoldOutcome.Taken;   // minutes move signals only

        var outcome = Analysis.Update(frame, bar);
        if (outcome is AppendOutcome.Duplicate or AppendOutcome.Conflict or AppendOutcome.Late)
        {
            _refusedCandles++;
            return FoldOutcome.Refused;
        }

        if (frame is TimeFrame.M15 or TimeFrame.H1 or TimeFrame.H4) _studiedClosed = true;
        if (frame != Listing.BaseFrame) return FoldOutcome.Taken;
        _baseBar = bar;
        _baseClosed = true;
        var tooLong = outcome == AppendOutcome.AppendedAfterGap
            && View.Frame(frame).Bars.LastGapBars > SymbolAnalysis.BridgedGapBars;
        if (!tooLong) return FoldOutcome.Taken;
        Restart(frame, bar);
        return FoldOutcome.Restarted;
    }

    /// <summary>
    /// Moves the live signals by a closed minute. Behind a missing minute they wait for the base bar, which
    /// holds what the missing one did.
    /// </summary>
    internal void MoveByMinute(in Candle minute, Action<SignalTracker, IReadOnlyList<SignalEvent>> moved)
    {
        var closeMs = minute.CloseTimeMs(TimeFrame.M1);
        var baseOpenMs = Listing.BaseFrame.OpenOf(minute.OpenTimeMs);
        foreach (var tracker in _live)
        {
            BridgeGap(tracker, baseOpenMs, moved);
            if (tracker.KnownUntilMs < minute.OpenTimeMs) continue;
            moved(tracker, tracker.OnBar(minute, closeMs, AtrAt(tracker.Plan.Frame, closeMs)));
        }
    }

    /// <summary>
    /// Tells the live signals what no minute has told them: the base bar itself, or its rest with the whole
    /// bar's extremes, because nobody knows on which side of the hole they came.
    /// </summary>
    internal void MoveByBaseBar(long closeMs, Action<SignalTracker, IReadOnlyList<SignalEvent>> moved)
    {
        if (!_baseClosed) return;
        foreach (var tracker in _live)
        {
            if (tracker.KnownUntilMs >= closeMs) continue;
            BridgeGap(tracker, _baseBar.OpenTimeMs, moved);
            moved(tracker, tracker.OnBar(_baseBar, closeMs, AtrAt(tracker.Plan.Frame, closeMs)));
        }
    }

    /// <summary>
    /// What is open on a contract that has no candles any more ends at the last price that there was, and what waits is withdrawn. Orders on
    /// the exchange are left out: it says itself what it settles.
    /// </summary>
    internal void Settle(long closeMs, Action<SignalTracker, IReadOnlyList<SignalEvent>> moved)
    {
        foreach (var tracker in _live)
        {
            if (tracker.Plan.Fills == FillSource.Exchange) continue;
            BridgeGap(tracker, closeMs, moved);
            moved(tracker, tracker.Take(new SignalInput.Command(CommandKind.Settle, closeMs)));
        }

        Sweep();
    }

    private static void BridgeGap(
        SignalTracker tracker, long untilMs, Action<SignalTracker, IReadOnlyList<SignalEvent>> moved)
    {
        if (tracker.KnownUntilMs < untilMs)
            moved(tracker, tracker.Take(new SignalInput.GapPassed(tracker.KnownUntilMs, untilMs)));
    }

    internal void Admit(SignalTracker tracker) => _live.Add(tracker);

    /// <summary>Takes the ended signals off the desk and lifts their strategies' blocks.</summary>
    internal void Sweep()
    {
        for (var i = _live.Count - 1; i >= 0; i--)
        {
            if (!_live[i].IsFinal) continue;
            Locks.Unblock(SetupKind.CodeOf(_live[i].Plan.Strategy));
            _live.RemoveAt(i);
        }
    }

    /// <summary>The closing time has been decided.</summary>
    internal void Next()
    {
        _baseClosed = false;
        _studiedClosed = false;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Part("desk", 4);
        Analysis.Carry(carrier);
        View.Carry(carrier);
        _fired.Carry(carrier);
        Triggers.Carry(carrier);
        Locks.Carry(carrier);
        carrier.Carry(ref _baseBar);
        carrier.Carry(ref _isDraining);
        carrier.Carry(ref _restarts);
        carrier.Carry(ref _refusedCandles);
        var context = Context;
        carrier.Carry(ref context);
        Context = context;
        CarryLive(carrier);
    }

    private void CarryLive(StateCarrier carrier)
    {
        var count = _live.Count;
        carrier.Carry(ref count);
        for (var i = 0; i < count; i++)
        {
            var text = i < _live.Count ? SignalJson.Write(_live[i].State) : null;
            carrier.Carry(ref text);
            if (i < _live.Count) continue;
            _live.Add(new(SignalJson.ReadState(text ?? throw new SnapshotException("A live signal was missing"))));
        }
    }

    private void Restart(TimeFrame frame, in Candle bar)
    {
        _restarts++;
        Analysis = new(Symbol, Listing.Rules.TickSize, _options);
        View = new(Analysis);
        Analysis.Update(frame, bar);
    }

    /// <summary>ATR of a frame if one of its bars closed at this moment, else NaN.</summary>
    private double AtrAt(TimeFrame frame, long closeMs)
    {
        var studies = View.Frame(frame);
        return !studies.IsEmpty && studies.Bar.CloseTimeMs(frame) == closeMs ? studies.Now.Atr : double.NaN;
    }
}
