using FuturesBot.Domain;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Backtesting;

namespace FuturesBot.Dashboard;

/// <summary>
/// The page's source over a running <see cref="Pipeline"/>. The host passes on what the pipeline tells its sink,
/// and the candles; everything else is worked out here. One lock: the kernel's thread writes, pages read.
/// </summary>
/// <param name="listings">The symbols of the run.</param>
/// <param name="options">The kernel's own: entry threshold, starting balance and limits come from them.</param>
/// <param name="status">The host's state, quick to read from any thread.</param>
public sealed class KernelDashboard(
    IEnumerable<SymbolListing> listings, KernelOptions options, Func<StatusView> status) : IDashboardSource
{
    private const int ClosedKept = 1_000;
    private const int TradesKept = 20_000;
    private const int JournalKept = 300;
    private const int ExamplesKept = 6;
    private const long DayMs = 86_400_000;

    private readonly Lock _gate = new();
    private readonly Page[] _pages =
    [
        .. listings.OrderByDescending(l => l.Symbol == Symbol.Btc).ThenBy(l => l.Symbol).Select(l => new Page(l)),
    ];

    private readonly Dictionary<string, SignalFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DecisionRecord> _decisions = new(StringComparer.Ordinal);
    private readonly LinkedList<string> _closed = [];
    private readonly List<TradeRecord> _trades = [];
    private readonly Dictionary<string, RefusalReasonView> _refusals = new(StringComparer.Ordinal);
    private readonly LinkedList<JournalView> _journal = [];
    private readonly Dictionary<string, TimeFrame> _frames =
        StrategyCatalog.Create(options.Strategies).ToDictionary(s => s.Name, s => s.Frame, StringComparer.Ordinal);

    private (int Trades, int Days, long DayMs, PerformanceView View)? _performance;
    private long _firstMs = long.MaxValue;
    private long _nowMs;
    private decimal _earned;

    public DashboardFeed Feed { get; } = new();

    /// <summary>True while the past is lived through: nothing is pushed, and refusals are marked so.</summary>
    public bool Replaying { get; set; }

    /// <summary>Every closed candle of every frame that the charts show, after the pipeline folded it.</summary>
    public void Candle(Symbol symbol, TimeFrame frame, in Candle bar)
    {
        lock (_gate)
        {
            var page = Of(symbol);
            if (!page.Series[frame].Add(bar)) return;
            page.Last = bar.Close;
            _firstMs = Math.Min(_firstMs, bar.OpenTimeMs);
            _nowMs = Math.Max(_nowMs, bar.CloseTimeMs(frame));
        }

        Push(new DashboardPush.CandleClosed(symbol, frame, bar));
    }

    /// <summary>The minute that is running. Longer candles in progress follow from it and the closed minutes.</summary>
    public void Tick(Symbol symbol, in Candle minuteSoFar)
    {
        lock (_gate)
        {
            var page = Of(symbol);
            (page.Minute, page.Last) = (minuteSoFar, minuteSoFar.Close);
        }
    }

    /// <summary>Pass on <see cref="IPipelineSink.Asked"/>.</summary>
    public void Asked(SymbolDesk desk, long closeMs, DecisionLog log)
    {
        lock (_gate)
        {
            var page = Of(desk.Symbol);
            page.Why.Add(closeMs, log, _frames);
            var view = desk.View;
            // The book works its nearest zones out when asked: only this thread may ask.
            page.Zones = [.. Views(view.Zones.Supports), .. Views(view.Zones.Resistances)];
            page.Profile = KernelViews.Of(view.Profile, closeMs);
            page.Notes = KernelViews.NotesOf(view);
            if (page.Regime.Label != view.Regime.Label || page.Regime.Direction != view.Regime.Direction) Turned(page, view.Regime, closeMs);
            page.Regime = view.Regime;
        }
    }

    /// <summary>Pass on <see cref="IPipelineSink.Decided"/>.</summary>
    public void Decided(DecisionRecord decision)
    {
        lock (_gate)
        {
            if (decision.Verdict is Verdict.Approved approved) _decisions[approved.Plan.Id.Value] = decision;
            if (decision.Verdict is Verdict.Refused refused) Refuse(decision, refused);
        }
    }

    /// <summary>Pass on <see cref="IPipelineSink.Moved"/>.</summary>
    public void Moved(SignalEvent what, SignalState now)
    {
        lock (_gate)
        {
            var id = now.Plan.Id.Value;
            if (!_files.TryGetValue(id, out var file))
            {
                _decisions.Remove(id, out var decision);
                _files[id] = file = new(now, decision);
            }

            file.Take(what, now);
            if (what is SignalEvent.Closed closed) Book(file, closed.Result);
            if (now.IsFinal) Retire(id);
            if (!what.IsJournal) return;
            Note(new(what.AtMs, KindOf(what), HealthLevel.Ok, now.Plan.Symbol.Name, Sentence(what, now), id, now.Plan.Replayed));
            Push(new DashboardPush.SignalChanged(ViewOf(file)));
        }
    }

    /// <summary>A signal from the store: the events of its life in order, the decision when it was kept.</summary>
    public void Restore(SignalState state, DecisionRecord? decision, IEnumerable<SignalEvent> life)
    {
        lock (_gate)
        {
            var file = new SignalFile(state, decision);
            foreach (var what in life) file.Take(what, state);
            _files[state.Plan.Id.Value] = file;
            if (state is SignalState.Closed closed) Book(file, closed.Result);
            if (state.IsFinal) Retire(state.Plan.Id.Value);
        }
    }

    /// <summary>A line of "what happened" that is no signal's: starts, gaps, faults.</summary>
    public void Happened(long timeMs, string kind, HealthLevel level, string symbol, string text)
    {
        lock (_gate) Note(new(timeMs, kind, level, symbol, text, null, Replaying));
    }

    public StatusView Status() => status();

    public IReadOnlyList<SymbolView> Symbols()
    {
        lock (_gate)
        {
            return
            [
                .. _pages.Select(page => new SymbolView(
                    page.Symbol, page.Listing.Rules.PriceDecimals, page.Last, page.Change24h(), page.QuoteVolume24h(),
                    [.. TimeFrames.All.Where(frame => page.Series[frame].Count > 0)])),
            ];
        }
    }

    public IReadOnlyList<Candle> Candles(Symbol symbol, TimeFrame frame, int limit)
    {
        lock (_gate) return Of(symbol).Series[frame].Newest(limit);
    }

    public RunningCandle? Running(Symbol symbol, TimeFrame frame)
    {
        lock (_gate) return Of(symbol).Running(frame);
    }

    public IndicatorsView Indicators(Symbol symbol, TimeFrame frame, int limit)
    {
        lock (_gate)
        {
            var page = Of(symbol);
            var series = page.Series[frame];
            var studies = series.Studies(limit);
            ChartStudies.Add(studies, frame, All(frame), All(TimeFrame.H1), All(TimeFrame.H4), limit);
            return new(symbol, frame, [.. series.Newest(limit).Select(bar => bar.OpenTimeMs)], studies);

            Candle[] All(TimeFrame of) => page.Series[of].Newest(ChartSeries.Keep);
        }
    }

    public ZonesView Zones(Symbol symbol, TimeFrame frame)
    {
        lock (_gate)
        {
            var page = Of(symbol);
            return new(
                symbol, frame, page.Zones, page.Profile,
                page.Profile is null ? KernelViews.NoProfile(options.Analysis.Profile) : null);
        }
    }

    public IReadOnlyList<SignalView> Signals(SignalGroup group, int limit)
    {
        lock (_gate)
        {
            return group == SignalGroup.Open
                ? [.. _files.Values.Where(f => !f.State.IsFinal).OrderByDescending(f => f.Plan.DecidedAtMs).Take(limit).Select(ViewOf)]
                : [.. _closed.Take(limit).Select(id => ViewOf(_files[id]))];
        }
    }

    public SignalDetailView? Signal(string signalId)
    {
        lock (_gate)
        {
            return _files.TryGetValue(signalId, out var file)
                ? file.Detail(PriceOf(file), (double)Equity, options.Scoring.EntryThreshold, (double)options.Risk.CostMaxR)
                : null;
        }
    }

    public WhyView Why(Symbol symbol)
    {
        lock (_gate)
        {
            var page = Of(symbol);
            return new(symbol, _nowMs, page.RegimeView(), page.Why.Rows()) { Notes = page.Notes };
        }
    }

    public IReadOnlyList<RegimeView> Regimes()
    {
        lock (_gate) return [.. _pages.Select(page => page.RegimeView())];
    }

    public RefusalsView Refusals()
    {
        lock (_gate)
        {
            return new(
                _firstMs == long.MaxValue ? _nowMs : _firstMs, _refusals.Values.Sum(r => r.Count),
                [.. _refusals.Values.OrderByDescending(r => r.Count).ThenBy(r => r.Reason, StringComparer.Ordinal)]);
        }
    }

    public PerformanceView Performance(int days)
    {
        TradeRecord[] trades;
        PanelOptions span;
        (int Trades, int Days, long DayMs) key;
        lock (_gate)
        {
            key = (_trades.Count, days, _nowMs / DayMs);
            if (_performance is { } known && (known.Trades, known.Days, known.DayMs) == key) return known.View;
            var from = days == 0 ? Math.Min(_firstMs, _nowMs) : _nowMs - (days * DayMs);
            trades = [.. _trades.Where(t => t.ClosedAtMs >= from)];
            span = new(from, _nowMs);
        }

        // The bootstrap takes its time: not under the lock.
        var view = KernelViews.Of(PerformancePanel.Of(trades, span), days);
        lock (_gate) _performance = (key.Trades, key.Days, key.DayMs, view);
        return view;
    }

    public PortfolioView Portfolio()
    {
        lock (_gate)
        {
            var mine = _files.Values.Where(f => !f.State.IsFinal && f.Plan.Execution == TradePlan.Primary).ToArray();
            var open = mine.Where(f => f.State.Live is not null).ToArray();
            var results = open.Select(f => (R: f.ResultAt(PriceOf(f)), f.State.Live!.Risk, f.State.Live.Quantity))
                .Where(x => double.IsFinite(x.R)).ToArray();
            var floating = results.Sum(x => (decimal)x.R * x.Risk * x.Quantity);
            var today = _trades.Where(t => t.IsPrimary && t.ClosedAtMs / DayMs == _nowMs / DayMs).Sum(t => t.PnlRNet);
            var equity = (double)Equity;
            return new(
                options.Risk.StartingBalance, Equity + floating, (double)_trades.Where(t => t.IsPrimary).Sum(t => t.PnlRNet),
                (double)today, (double)(TodayUsdt() / Equity * 100), results.Sum(x => x.R),
                open.Sum(f => f.RiskUsdt()) / equity * 100,
                mine.Where(f => f.State.Live is null).Sum(f => f.RiskUsdt()) / equity * 100,
                open.Length, mine.Length - open.Length, double.NaN, (double)options.Risk.OpenRiskMax * 100);
        }
    }

    public IReadOnlyList<JournalView> Journal(int limit)
    {
        lock (_gate) return [.. _journal.Take(limit)];
    }

    private decimal Equity => options.Risk.StartingBalance + _earned;

    private static ZoneView[] Views(ReadOnlySpan<Zone> zones)
    {
        var views = new ZoneView[zones.Length];
        for (var i = 0; i < zones.Length; i++) views[i] = KernelViews.Of(zones[i]);
        return views;
    }

    private static string KindOf(SignalEvent what) => what switch
    {
        SignalEvent.EntryPlaced => "signal",
        SignalEvent.EntryFilled => "fill",
        SignalEvent.Target1Taken or SignalEvent.Target2Taken or SignalEvent.Closed => "exit",
        SignalEvent.Refused => "refusal",
        _ => "system",
    };

    private static string Sentence(SignalEvent what, SignalState now)
    {
        var side = now.Plan.Side == Side.Long ? "long" : "short";
        var text = SignalFile.TextOf(what);
        return what switch
        {
            SignalEvent.EntryPlaced => $"{side} signal, {now.Plan.Strategy}, score {now.Plan.Score:0.00}",
            SignalEvent.EntryFilled => $"{side} opened {text}, {now.Plan.Strategy}",
            SignalEvent.Target1Taken => $"{side} TP1 {text}",
            SignalEvent.Target2Taken => $"{side} TP2 {text}",
            SignalEvent.Closed => $"{side} closed: {text}",
            SignalEvent.StopMoved => $"{side} stop moved {text}",
            SignalEvent.EntryExpired => $"{side} entry expired, never filled",
            SignalEvent.FundingPaid => $"{side} funding {text}",
            _ => $"{side} {what.GetType().Name}{(text.Length == 0 ? "" : $": {text}")}",
        };
    }

    private Page Of(Symbol symbol) => _pages.First(page => page.Symbol == symbol);

    private double PriceOf(SignalFile file) => Of(file.Plan.Symbol).Last;

    private SignalView ViewOf(SignalFile file) => file.View(PriceOf(file), (double)Equity);

    private void Push(DashboardPush push)
    {
        if (!Replaying) Feed.Push(push);
    }

    private void Note(JournalView line)
    {
        _journal.AddFirst(line);
        if (_journal.Count > JournalKept) _journal.RemoveLast();
        Push(new DashboardPush.Happened(line));
    }

    private void Turned(Page page, in RegimeReading regime, long closeMs)
    {
        var known = page.RegimeSinceMs is not null;
        page.Regime = regime;
        page.RegimeSinceMs = closeMs;
        if (!known) return;
        var direction = regime.Direction switch { Bias.Bullish => " up", Bias.Bearish => " down", _ => "" };
        Note(new(closeMs, "regime", HealthLevel.Ok, page.Symbol.Name, $"regime is {regime.Label}{direction} now", null, Replaying));
        Push(new DashboardPush.RegimeChanged(page.RegimeView()));
    }

    private void Refuse(DecisionRecord decision, Verdict.Refused refused)
    {
        var name = refused.Why.ToString();
        var frame = _frames[decision.Kind.Strategy];
        var view = new RefusalView(
            decision.AtMs, decision.Symbol, frame, KernelViews.NameOf(decision.Kind), decision.Kind.Side, name,
            refused.Value, refused.Limit, KernelViews.ComparisonOf(refused.Why), KernelViews.UnitOf(refused.Why),
            KernelViews.TitleOf(refused.Why), Replaying);
        var before = _refusals.GetValueOrDefault(name) ?? new(name, KernelViews.TitleOf(refused.Why), 0, []);
        _refusals[name] = before with { Count = before.Count + 1, Last = [view, .. before.Last.Take(ExamplesKept - 1)] };
        Push(new DashboardPush.Refused(view));
    }

    private void Book(SignalFile file, TradeResult result)
    {
        var score = file.Decision?.Verdict?.Ranked.Score ?? new([], file.Plan.Score, 0, 0, 0);
        _trades.Add(TradeRecords.Of(file.Plan, result, score, file.Regime));
        if (_trades.Count > TradesKept) _trades.RemoveAt(0);
        if (file.Plan.Execution == TradePlan.Primary) _earned += result.NetR * result.Risk * result.Quantity;
    }

    private decimal TodayUsdt() => _closed.Select(id => _files[id])
        .Where(f => f.Plan.Execution == TradePlan.Primary)
        .Select(f => (f.State as SignalState.Closed)?.Result).OfType<TradeResult>()
        .Where(r => r.ClosedAtMs / DayMs == _nowMs / DayMs)
        .Sum(r => r.NetR * r.Risk * r.Quantity);

    private void Retire(string id)
    {
        _closed.AddFirst(id);
        if (_closed.Count <= ClosedKept) return;
        if (_closed.Last is { } oldest) _files.Remove(oldest.Value);
        _closed.RemoveLast();
    }

    /// <summary>What is known of one symbol.</summary>
    private sealed class Page(SymbolListing listing)
    {
        private const int HoursOfSparkline = 36;

        public SymbolListing Listing { get; } = listing;

        public Symbol Symbol => Listing.Symbol;

        public Dictionary<TimeFrame, ChartSeries> Series { get; } = TimeFrames.All.ToDictionary(f => f, _ => new ChartSeries());

        public WhyBook Why { get; } = new();

        public IReadOnlyList<ZoneView> Zones { get; set; } = [];

        public ProfileView? Profile { get; set; }

        public IReadOnlyList<string> Notes { get; set; } = [];

        public RegimeReading Regime { get; set; } = RegimeReading.None;

        public long? RegimeSinceMs { get; set; }

        public double Last { get; set; } = double.NaN;

        public Candle? Minute { get; set; }

        public double Change24h() => Series[TimeFrame.H1] is { Count: >= 24 } hours
            ? ((Last / hours.Ago(23).Open) - 1) * 100
            : double.NaN;

        public double QuoteVolume24h()
        {
            var hours = Series[TimeFrame.H1];
            if (hours.Count < 24) return double.NaN;
            return hours.Newest(24).Sum(h => double.IsNaN(h.QuoteVolume) ? h.Volume * h.Typical : h.QuoteVolume);
        }

        public RegimeView RegimeView() => KernelViews.Of(
            Symbol, Regime, Change24h(), [.. Series[TimeFrame.H1].Newest(HoursOfSparkline).Select(h => h.Close)], RegimeSinceMs);

        /// <summary>The running minute on top of the closed ones of its candle.</summary>
        public RunningCandle? Running(TimeFrame frame)
        {
            if (Minute is not { } minute) return null;
            var open = frame.OpenOf(minute.OpenTimeMs);
            var sum = minute;
            var minutes = Series[TimeFrame.M1];
            for (var i = 0; i < minutes.Count && minutes.Ago(i).OpenTimeMs >= open; i++)
            {
                ref readonly var before = ref minutes.Ago(i);
                if (before.OpenTimeMs >= minute.OpenTimeMs) continue;
                sum = sum with
                {
                    Open = before.Open,
                    High = Math.Max(sum.High, before.High),
                    Low = Math.Min(sum.Low, before.Low),
                    Volume = sum.Volume + before.Volume,
                };
            }

            return new(frame, sum with { OpenTimeMs = open });
        }
    }
}
