using FuturesBot.Adapters.Logs;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Dashboard.Running;

/// <summary>
/// The page's source over the running system: every read is short and holds the runner's gate. Candles of charts come from
/// <paramref name="charts"/>.
/// </summary>
public sealed class RunDashboard(MarketRunner runner, ChartReader charts, RunFace face) : IDashboardSource, IRunListener
{
    // Closed trades change with each ended signal only; the panel's bootstrap is too slow for every read.
    private (int Ended, int Days, long DayMs, PerformanceView View)? _performance;

    public DashboardFeed Feed { get; } = new();

    /// <summary>Market time as it passes; null while the past days are lived through.</summary>
    public IExchangeClock? Clock { get; set; }

    /// <summary>How much of the past days is lived through, 0–1.</summary>
    public double Progress { get; set; } = double.NaN;

    /// <summary>How long ago, in wall time, the last candle came.</summary>
    private DateTimeOffset _lastCandle = face.Time.GetUtcNow();

    public StatusView Status()
    {
        lock (runner.Gate)
        {
            return new(
                face.Mode, runner.Identity.Exchange, Simulated: runner.Identity.Exchange == "simulated",
                runner.Identity.Exchange == "simulated" && !face.IsFollower ? runner.Identity.Seed : null,   // of a market elsewhere it is not known
                face.Speed, NowMs(), face.StartedAtMs, Ready: Clock is not null,
                Clock is null ? Progress : double.NaN, runner.Options.Profile, face.Version, Health())
            {
                Process = Process(),
            };
        }
    }

    public IReadOnlyList<SymbolView> Symbols()
    {
        lock (runner.Gate)
        {
            return [.. runner.Pipeline.Desks.Select(desk => new SymbolView(
                desk.Symbol, desk.Listing.Rules.PriceDecimals, RegimeViews.Last(runner, desk.Symbol),
                RegimeViews.Change24h(runner, desk.Symbol),
                runner.Shelf.Newest(new(desk.Symbol, TimeFrame.H1), 24).Sum(hour => hour.QuoteVolume),
                runner.Shelf.FramesOf(desk.Symbol)))];
        }
    }

    public async ValueTask<IReadOnlyList<Candle>> CandlesAsync(Symbol symbol, TimeFrame frame, int limit, CancellationToken cancel = default) =>
        await charts.NewestAsync(new(symbol, frame), limit, cancel);

    public RunningCandle? Running(Symbol symbol, TimeFrame frame)
    {
        lock (runner.Gate)
        {
            if (Clock is null || (face.Running ?? runner.Running)(symbol, NowMs()) is not { } minute) return null;
            return runner.Shelf.Running(symbol, frame, minute);
        }
    }

    public async ValueTask<IndicatorsView> IndicatorsAsync(Symbol symbol, TimeFrame frame, int limit, CancellationToken cancel = default)
    {
        return StudyViews.Of(symbol, frame, await AllAsync(frame), await AllAsync(TimeFrame.H1), await AllAsync(TimeFrame.H4), limit);

        ValueTask<Candle[]> AllAsync(TimeFrame of) => charts.NewestAsync(new(symbol, of), int.MaxValue, cancel);
    }

    public ZonesView Zones(Symbol symbol, TimeFrame frame)
    {
        lock (runner.Gate)
        {
            var view = runner.Pipeline.Desk(symbol).View;
            var zones = new List<ZoneView>();
            foreach (ref readonly var zone in view.Zones.Supports) zones.Add(Of(zone));
            foreach (ref readonly var zone in view.Zones.Resistances) zones.Add(Of(zone));
            var profile = KernelViews.Of(view.Profile, runner.NowMs);
            return new(
                symbol, frame, zones, profile,
                profile is null ? KernelViews.NoProfile(runner.Options.Analysis.Profile) : null);
        }
    }

    public IReadOnlyList<SignalView> Signals(SignalGroup group, int limit)
    {
        lock (runner.Gate)
        {
            return group == SignalGroup.Open
                ? [.. Live().OrderByDescending(live => live.Record.State.Plan.DecidedAtMs).Take(limit).Select(live => View(live.Record, live.Now))]
                : [.. runner.Signals.Ended.Take(limit).Select(record => View(record, record.State))];
        }
    }

    public SignalDetailView? Signal(string signalId)
    {
        lock (runner.Gate)
        {
            if (runner.Signals.Find(signalId) is not { } record) return null;
            var now = StateOf(record);
            return SignalViews.Detail(record, now, View(record, now), runner.Options);
        }
    }

    public WhyView Why(Symbol symbol)
    {
        lock (runner.Gate)
        {
            var desk = runner.Pipeline.Desk(symbol);
            var frames = runner.Pipeline.Strategies.ToDictionary(s => s.Name, s => s.Frame, StringComparer.Ordinal);
            return new(symbol, NowMs(), RegimeViews.Of(desk, runner), [.. runner.Why.Of(symbol)
                .OrderBy(group => FuturesBot.Domain.Strategies.StrategyCatalog.PriorityOf(group.Key.Strategy))
                .ThenByDescending(group => group.Key.Side)
                .Select(group => PredicateViews.Nearest([.. group], frames[group.Key.Strategy], runner.NowMs))])
            {
                Notes = KernelViews.NotesOf(desk.View),
            };
        }
    }

    public IReadOnlyList<RegimeView> Regimes()
    {
        lock (runner.Gate) return [.. runner.Pipeline.Desks.Select(desk => RegimeViews.Of(desk, runner))];
    }

    public RefusalsView Refusals()
    {
        lock (runner.Gate) return RefusalViews.Board(runner.Refusals, runner.Identity);
    }

    public PerformanceView Performance(int days)
    {
        lock (runner.Gate)
        {
            var dayMs = TimeFrame.D1.OpenOf(runner.NowMs);
            if (_performance is { } known && (known.Ended, known.Days, known.DayMs) == (runner.Signals.EndedCount, days, dayMs))
                return known.View;
            var fromMs = days == 0
                ? runner.Identity.DecideFromMs
                : Math.Max(runner.Identity.DecideFromMs, runner.NowMs - (days * TimeFrame.D1.Ms()));
            var view = ResultViews.Performance(days, ResultViews.Trades(runner.Signals, fromMs), fromMs, runner.NowMs);
            _performance = (runner.Signals.EndedCount, days, dayMs, view);
            return view;
        }
    }

    public PortfolioView Portfolio()
    {
        lock (runner.Gate)
        {
            return ResultViews.Portfolio(
                runner.Pipeline, runner.Signals, runner.Options,
                symbol => RegimeViews.Last(runner, symbol), runner.NowMs);
        }
    }

    public IReadOnlyList<JournalView> Journal(int limit)
    {
        lock (runner.Gate) return [.. runner.Journal.Entries.Take(limit).Select(Of)];
    }

    void IRunListener.Closed(in FeedCandle candle)
    {
        _lastCandle = face.Time.GetUtcNow();
        Feed.Push(new DashboardPush.CandleClosed(candle.Series.Symbol, candle.Series.Frame, candle.Candle));
    }

    void IRunListener.Changed(SignalRecord signal) => Feed.Push(new DashboardPush.SignalChanged(View(signal, signal.State)));

    void IRunListener.Refused(RefusalNote refusal) =>
        Feed.Push(new DashboardPush.Refused(RefusalViews.Of(refusal, runner.Identity)));

    void IRunListener.Happened(JournalEntry entry) => Feed.Push(new DashboardPush.Happened(Of(entry)));

    void IRunListener.RegimeChanged(string symbol) => Feed.Push(new DashboardPush.RegimeChanged(
        RegimeViews.Of(runner.Pipeline.Desk(Symbol.Parse(symbol)), runner)));

    internal static ZoneView Of(Zone zone) => new(
        zone.Role == ZoneRole.Support, zone.Low, zone.High, zone.Source, zone.BornMs, zone.Touches, zone.Strength, zone.Flips > 0);

    private JournalView Of(JournalEntry entry) => new(
        entry.TimeMs, entry.Kind, entry.IsWarning ? HealthLevel.Warn : HealthLevel.Ok, entry.Symbol ?? "", entry.Text,
        entry.SignalId, entry.TimeMs <= runner.Identity.LiveFromMs);

    private long NowMs() => Clock is { } clock && !runner.IsOver ? Math.Max(clock.NowMs, runner.NowMs) : runner.NowMs;

    private SignalView View(SignalRecord record, SignalState now) => SignalViews.Of(
        record, now, RegimeViews.Last(runner, now.Plan.Symbol), runner.Pipeline.Account.Equity, runner.Identity.LiveFromMs);

    private IEnumerable<(SignalRecord Record, SignalState Now)> Live() =>
        runner.Signals.Live.Select(record => (record, StateOf(record)));

    /// <summary>The state with the quiet bars since it was last told.</summary>
    private SignalState StateOf(SignalRecord record) => runner.StateOf(record);

    private HealthView Decisions()
    {
        var p95 = runner.Latency.Computed.QuantileMs(0.95);
        var last = FormattableString.Invariant($"{runner.LastDecision.TotalMilliseconds:0.0} ms");
        return double.IsNaN(p95)
            ? new("Decisions", last, "last closing time, all symbols", HealthLevel.Ok)
            : new(
                "Decisions", FormattableString.Invariant($"p95 {p95:0.##} ms"), $"all symbols of a closing time; the last took {last}",
                HealthLevel.Ok);
    }

    private HealthView Ledger()
    {
        var now = runner.LedgerPosition;
        var head = FormattableString.Invariant($"{now.Seq:N0} lines, head {now.Hash[..6]}");
        if (face.IsFollower)
        {
            return runner.LedgerPosition.Seq == 0
                ? new("Ledger", "empty", "no line was written yet", HealthLevel.Ok)
                : new("Ledger", FormattableString.Invariant($"{now.Seq:N0} lines"), $"head {now.Hash[..6]} as computed here; the kernel keeps it, and verify --storage checks it", HealthLevel.Ok);
        }

        if (face.Ledger is null) return new("Ledger", "off", "switched off by 'ledger.depth'", HealthLevel.Ok);
        face.Ledger.Refresh();
        return face.Ledger.Found switch
        {
            null => new("Ledger", "not checked", head, HealthLevel.Ok),
            { Fault: { } fault } => new("Ledger", "broken", fault, HealthLevel.Crit),
            { } whole => new("Ledger", "verified", FormattableString.Invariant($"{head}; chain whole up to line {whole.Last.Seq:N0}"), HealthLevel.Ok),
        };
    }

    private ProcessView Process() => new(
        (face.Time.GetUtcNow().ToUnixTimeMilliseconds() - face.StartedAtMs) / 1000.0, Environment.WorkingSet, GC.GetTotalMemory(false),
        GC.CollectionCount(GC.MaxGeneration), face.StoreBytes, face.Rows(), ThreadPool.ThreadCount);

    private HealthView[] Health()
    {
        var desks = runner.Pipeline.Desks;
        var seen = desks.Count(desk => runner.Shelf.FramesOf(desk.Symbol).Count > 0);
        var missing = desks.Sum(desk => desk.View.Frame(desk.Listing.BaseFrame).Bars.Missing);
        var age = (face.Time.GetUtcNow() - _lastCandle).TotalSeconds;
        return
        [
            new("Market", $"{seen} / {desks.Count}", FormattableString.Invariant($"last candle {age:0.0} s ago"),
                seen == desks.Count ? HealthLevel.Ok : HealthLevel.Warn),
            .. ExchangeViews.Health(face.Exchange),
            new("Candles", missing == 0 ? "complete" : $"{missing} missing", "gaps in the decision frames",
                missing == 0 ? HealthLevel.Ok : HealthLevel.Warn),
            Decisions(),
            .. face.IsFollower ? (HealthView[])[] : [new(
                "Store", $"{runner.PendingEffects} pending",
                FormattableString.Invariant($"committed {(runner.NowMs - runner.CommittedMs) / 60_000} min of market time ago"), HealthLevel.Ok)],
            runner.Halt is { } halt
                ? new("New entries", "paused", $"by hand, from the {halt.By}; open signals are followed on", HealthLevel.Warn)
                : new("New entries", "allowed", "not paused by hand", HealthLevel.Ok),
            ChatViews.Health(face.Chat()?.Read(), face.NoChat(), KyivTime.Zone),
            .. face.Parts?.Invoke() ?? [],
            Ledger(),
        ];
    }
}
