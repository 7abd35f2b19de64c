using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Scoring;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain;

/// <summary>
/// One closed candle through the whole system. Start reading here: <see cref="Close"/> is the table of
/// contents, and the folders beside this file are its chapters, in the order of the flow.
/// </summary>
/// <remarks>
/// The same pipeline runs in the backtest, in the local process and in Azure. It reads no clock: time
/// comes with the candles. Feed the candles of one closing time with <see cref="OnCandle"/> (BTC first,
/// then higher frames before lower, then symbols by ordinal), then call <see cref="Close"/> once.
/// </remarks>
public sealed class Pipeline : IStateful
{
    private readonly KernelOptions _options;
    private readonly IPipelineSink _sink;
    private readonly IStrategy[] _strategies;
    private readonly List<SymbolDesk> _desks;
    private readonly AnalysisOptions _analysis;
    private readonly PipelineDepth _depth;
    private readonly Dictionary<Symbol, int> _indexOf = [];
    private readonly BtcFilter _btc;
    private readonly Gatekeeper _gates;
    private readonly List<Verdict> _verdicts = [];
    private readonly List<RankedSetup> _ranked = [];
    private readonly Action<SignalTracker, IReadOnlyList<SignalEvent>> _moved;
    private Candle _btcHour;

    /// <param name="options">Every threshold.</param>
    /// <param name="listings">The symbols; they are walked in ordinal order, BTC first.</param>
    /// <param name="depth">How much of every decision is worked out.</param>
    /// <param name="sink">Where decisions and signals' moves go.</param>
    /// <param name="strategies">Who is asked; null: the catalog's, as far as the options switch them on.</param>
    /// <exception cref="ArgumentException">A symbol is listed twice.</exception>
    public Pipeline(
        KernelOptions options,
        IEnumerable<SymbolListing> listings,
        PipelineDepth depth,
        IPipelineSink sink,
        IEnumerable<IStrategy>? strategies = null)
    {
        _options = options;
        _sink = sink;
        _strategies = strategies is null ? StrategyCatalog.Create(options.Strategies) : [.. strategies];
        _btc = new(options.Analysis.Btc);
        Account = new(options.Risk.StartingBalance);
        _analysis = options.Analysis with { StudyVote = options.Strategies.IndicatorVote.Enabled };
        _depth = depth;
        _desks = [.. listings
            .OrderByDescending(listing => listing.Symbol == Symbol.Btc)
            .ThenBy(listing => listing.Symbol)
            .Select(listing => new SymbolDesk(listing, _analysis, depth))];
        Number();
        if (_indexOf.Count < _desks.Count)
            throw new ArgumentException($"Symbol {_desks.First(desk => _desks.Count(d => d.Symbol == desk.Symbol) > 1).Symbol} was listed twice", nameof(listings));
        _gates = new(options, _desks, Account);
        _moved = Tell;
    }

    /// <summary>Every symbol, BTC first, then by ordinal.</summary>
    public IReadOnlyList<SymbolDesk> Desks => _desks;

    public IReadOnlyList<IStrategy> Strategies => _strategies;

    public Account Account { get; }

    /// <summary>
    /// No new signal begins; those that live are followed to their end. An input of the host, which records it: it is no part
    /// of the snapshot.
    /// </summary>
    public bool EntriesHalted
    {
        get => _gates.Halted;
        set => _gates.Halted = value;
    }

    public SymbolDesk Desk(Symbol symbol) => _desks[_indexOf[symbol]];

    /// <summary>Place of a symbol in <see cref="Desks"/>.</summary>
    public int IndexOf(Symbol symbol) => _indexOf[symbol];

    /// <summary>Takes a symbol in, between two closing times; <see cref="WarmUp"/> gives it its past.</summary>
    /// <exception cref="ArgumentException">It is there already.</exception>
    public void Admit(SymbolListing listing)
    {
        if (_indexOf.ContainsKey(listing.Symbol)) throw new ArgumentException($"Symbol {listing.Symbol} was listed twice", nameof(listing));
        _desks.Add(new(listing, _analysis, _depth));
        _desks.Sort(static (x, y) => x.Symbol == Symbol.Btc ? -1 : y.Symbol == Symbol.Btc ? 1 : x.Symbol.CompareTo(y.Symbol));
        Number();
    }

    /// <summary>
    /// Lets a symbol go, between two closing times: at once when nothing of it is live, otherwise it is drained — its
    /// signals live to their end and it gets no new ones, and this is asked again later.
    /// </summary>
    /// <returns>True when it is gone.</returns>
    public bool TryRetire(Symbol symbol)
    {
        if (!_indexOf.TryGetValue(symbol, out var index)) return true;
        _desks[index].IsDraining = true;
        if (_desks[index].Live.Count > 0) return false;
        _desks.RemoveAt(index);
        Number();
        return true;
    }

    /// <summary>
    /// Takes a symbol's changed rules over, between two closing times. Signals keep those that they were planned with. Where the
    /// tick has changed, prices of the analysis lie on the old grid: the symbol then begins anew once nothing of it lives.
    /// </summary>
    /// <exception cref="ArgumentException">The symbol is not listed.</exception>
    public Relisting Relist(SymbolListing listing)
    {
        if (!_indexOf.TryGetValue(listing.Symbol, out var index)) throw new ArgumentException($"Symbol {listing.Symbol} was not listed", nameof(listing));
        var desk = _desks[index];
        if (desk.Listing.Rules.TickSize == listing.Rules.TickSize && !desk.IsDraining)
        {
            desk.Relist(listing);
            return Relisting.Taken;
        }

        desk.IsDraining = true;
        if (desk.Live.Count > 0) return Relisting.Draining;
        _desks[index] = new(listing, _analysis, _depth, desk);
        Number();
        return Relisting.Anew;
    }

    /// <summary>Lets a signal live on whose state was kept, where the kernel's own was not; its strategy's block comes back with it.</summary>
    /// <exception cref="ArgumentException">The symbol is not listed, or the signal has ended or lives already.</exception>
    public void Resume(SignalState state)
    {
        if (!_indexOf.TryGetValue(state.Plan.Symbol, out var index)) throw new ArgumentException($"Symbol {state.Plan.Symbol} was not listed", nameof(state));
        if (state.IsFinal) throw new ArgumentException($"Signal {state.Plan.Id} has ended", nameof(state));
        if (_desks[index].Live.Any(tracker => tracker.Plan.Id == state.Plan.Id)) throw new ArgumentException($"Signal {state.Plan.Id} lives already", nameof(state));
        _desks[index].Admit(new SignalTracker(state));
        _desks[index].Locks.Block(SetupKind.CodeOf(state.Plan.Strategy));
    }

    /// <summary>
    /// Folds a candle of the past into a symbol whose history comes as a whole: its studies ripen, nothing is decided.
    /// The outcome is that of feeding all symbols' candles in the order of time.
    /// </summary>
    /// <param name="desk">Place in <see cref="Desks"/>.</param>
    /// <param name="frame">The candle's frame.</param>
    /// <param name="bar">The candle; by closing time, and at equal times the longer frame first.</param>
    /// <param name="btcHour">BTC's 1h candle of the same hour, or <c>default</c>; only read with a 1h candle.</param>
    public void WarmUp(int desk, TimeFrame frame, in Candle bar, in Candle btcHour)
    {
        var at = _desks[desk];
        if (at.Fold(frame, bar) != FoldOutcome.Refused && frame == TimeFrame.H1) FoldHour(at, bar, btcHour);
        at.Next();
    }

    /// <summary>
    /// Folds one closed candle in, and moves the symbol's signals when it is a minute. A candle that comes
    /// again, or too late, changes nothing.
    /// </summary>
    public void OnCandle(int desk, TimeFrame frame, in Candle bar)
    {
        var at = _desks[desk];
        var folded = at.Fold(frame, bar);
        if (folded == FoldOutcome.Refused) return;
        if (folded == FoldOutcome.Restarted) CancelPending(at, bar.CloseTimeMs(frame));
        if (frame == TimeFrame.H1) FoldHour(at, bar, _btcHour);
        if (frame != TimeFrame.M1 || at.Live.Count == 0) return;
        at.MoveByMinute(bar, _moved);
        at.Sweep();
    }

    /// <summary>Decides everything that closed at this moment.</summary>
    public void Close(long closeMs)
    {
        MoveSignals(closeMs);                                   // Signals: the price path so far
        var btc = ReadBtc(closeMs);                             // Analysis: BTC as the others see it
        _ranked.Clear();
        foreach (var desk in _desks)
        {
            if (!desk.HasClosed) continue;
            Ask(desk, closeMs);                                 // Strategies: fired or not, with every predicate
            Rate(desk, closeMs, btc);                  // Scoring: what a trigger is worth, and why
        }

        _gates.Judge(_ranked, btc, closeMs, _verdicts);          // Scoring, Risk: a plan, or a refusal with its number
        Record(closeMs);                                        // the ledger's lines
        Begin(closeMs);                                         // Signals: approved plans start to live
        foreach (var desk in _desks) desk.Next();
    }

    /// <summary>An order from outside, such as closing by hand; false when the signal is not live.</summary>
    public bool Command(SignalId signal, SignalInput.Command command)
    {
        foreach (var desk in _desks)
        {
            foreach (var tracker in desk.Live)
            {
                if (tracker.Plan.Id != signal) continue;
                Take(tracker, command);
                desk.Sweep();
                return true;
            }
        }

        return false;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Part("pipeline", 1);
        var count = _desks.Count;
        carrier.Carry(ref count);
        if (count != _desks.Count) throw new SnapshotException($"Snapshot had {count} symbols, expected {_desks.Count}");
        foreach (var desk in _desks)
        {
            string? name = desk.Symbol.Name;
            carrier.Carry(ref name);
            if (name != desk.Symbol.Name) throw new SnapshotException($"Snapshot had {name}, expected {desk.Symbol}");
            desk.Carry(carrier);
        }

        _btc.Carry(carrier);
        carrier.Carry(ref _btcHour);
        Account.Carry(carrier);
    }

    private void Number()
    {
        _indexOf.Clear();
        for (var i = 0; i < _desks.Count; i++) _indexOf[_desks[i].Symbol] = i;
    }

    private void MoveSignals(long closeMs)
    {
        foreach (var desk in _desks)
        {
            if (desk.Live.Count == 0 || !desk.HasClosed) continue;
            desk.MoveByBaseBar(closeMs, _moved);
            desk.Sweep();
        }

        SettleSilent(closeMs);
    }

    /// <summary>
    /// A symbol that leaves and has no candles any more, while the first of the symbols has had its own all the time, is no longer traded.
    /// </summary>
    private void SettleSilent(long closeMs)
    {
        if (_desks.Count == 0) return;
        var first = _desks[0].View.Frame(_desks[0].Listing.BaseFrame).Bars;
        if (Math.Min(first.LastIndex, first.BarsSinceGap - 1) < SymbolAnalysis.BridgedGapBars || _desks[0].IsSilentAt(closeMs)) return;
        foreach (var desk in _desks)
        {
            if (desk.IsDraining && desk.Live.Count > 0 && desk.IsSilentAt(closeMs)) desk.Settle(closeMs, _moved);
        }
    }

    private void Take(SignalTracker tracker, SignalInput input) => Tell(tracker, tracker.Take(input));

    private void Tell(SignalTracker tracker, IReadOnlyList<SignalEvent> events)
    {
        foreach (var happened in events)
        {
            if (happened is SignalEvent.Closed closed) Account.Close(tracker.Plan, closed.Result);
            _sink.Moved(happened, tracker.State);
        }
    }

    private void CancelPending(SymbolDesk desk, long atMs)
    {
        foreach (var tracker in desk.Live)
            Take(tracker, new SignalInput.Command(CommandKind.CancelEntry, atMs));
        desk.Sweep();
    }

    private void FoldHour(SymbolDesk desk, in Candle hour, in Candle btcHour)
    {
        if (desk.Symbol == Symbol.Btc)
        {
            _btc.Update(hour);
            _btcHour = hour;
        }
        else if (btcHour.OpenTimeMs == hour.OpenTimeMs && btcHour.Close > 0)
        {
            desk.Analysis.Beta.Update(hour, btcHour);
        }
    }

    /// <summary>BTC's last closed hour, unless it is older than the hour that should be there (spec 2.17, Boundary).</summary>
    private BtcReading ReadBtc(long closeMs)
    {
        var due = TimeFrame.H1.OpenOf(closeMs) - TimeFrame.H1.Ms();
        return _btcHour.Close > 0 && _btcHour.OpenTimeMs == due
            ? new(_btc.Change3, _btc.BlocksMeanReversion(closeMs), _btc.Bias)
            : BtcReading.Unavailable;
    }

    private void Ask(SymbolDesk desk, long closeMs)
    {
        desk.View.MoveTo(closeMs, desk.Context);
        desk.Log.Clear();
        foreach (var strategy in _strategies)
        {
            if (desk.IsDraining) break;
            var frame = desk.View.Frame(strategy.Frame);
            if (!frame.IsEmpty && frame.Bar.CloseTimeMs(strategy.Frame) == closeMs) strategy.Evaluate(desk.View, desk.Log);
        }

        desk.Log.End();
        _sink.Asked(desk, closeMs, desk.Log);
    }

    private void Rate(SymbolDesk desk, long closeMs, in BtcReading btc)
    {
        if (desk.Log.Fired.Count == 0) return;
        foreach (var setup in desk.Log.Fired) desk.Triggers.Add(setup, setup.Kind.StrategyCode, closeMs);
        foreach (var setup in desk.Log.Fired)
        {
            var stop = setup.StopAnchor;
            var since = closeMs - ((_options.Scoring.ConfluenceBars - 1) * desk.Listing.BaseFrame.Ms());
            var agreeing = setup.ScoresItself
                ? 1
                : desk.Triggers.Agreeing(setup, since, _options.Scoring.ConfluenceGap, out stop);
            var score = setup.ScoresItself
                ? Score.OfOwnParts(setup.OwnParts)
                : Scorer.Rate(setup, desk.View, btc, agreeing, _options.Scoring);
            _ranked.Add(new(desk.Symbol, setup, score, StrategyCatalog.PriorityOf(setup.Kind.Strategy), stop, agreeing));
        }
    }

    private void Record(long closeMs)
    {
        for (var i = 0; i < _verdicts.Count; i++)
        {
            var verdict = _verdicts[i];
            var desk = Desk(verdict.Ranked.Symbol);
            var hash = _sink.Decided(RecordOf(desk, closeMs, verdict.Ranked.Setup.Kind, verdict));
            if (verdict is Verdict.Approved approved)
                _verdicts[i] = approved with { Plan = approved.Plan with { DecisionHash = hash } };
        }

        foreach (var desk in _desks)
        {
            if (!desk.HasClosed || !desk.Log.Exhaustive) continue;
            foreach (var head in desk.Log.Decisions)
            {
                if (head.Status == DecisionStatus.NearMiss) _sink.Decided(RecordOf(desk, closeMs, head.Kind, verdict: null));
            }
        }
    }

    private static DecisionRecord RecordOf(SymbolDesk desk, long closeMs, SetupKind kind, Verdict? verdict)
    {
        foreach (var head in desk.Log.Decisions)
        {
            if (head.Kind == kind)
                return new(desk.Symbol, closeMs, kind, head.Status, desk.Log.Of(head).ToArray(), desk.View.Regime, verdict);
        }

        throw new InvalidOperationException($"{kind.Strategy} {kind.Mode} {kind.Side} was not asked on {desk.Symbol}");
    }

    private void Begin(long closeMs)
    {
        foreach (var verdict in _verdicts)
        {
            if (verdict is not Verdict.Approved approved) continue;
            var tracker = new SignalTracker(SignalLifecycle.Create(approved.Plan));
            Desk(approved.Plan.Symbol).Admit(tracker);
            Take(tracker, new SignalInput.Accepted(closeMs));
        }

        _verdicts.Clear();
    }
}
