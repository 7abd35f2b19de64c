using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Scoring;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Chat.Book;

/// <summary>The running system as the chat reads it: every read is short and holds the runner's gate.</summary>
public sealed class RunnerBook(MarketRunner runner, RunnerBookParts parts) : IChatBook
{
    private const int StrategyDays = 30;
    private const int QuarterDays = 90;
    private const int RefusalsRead = 5;

    // Until then a candle that has closed may still be under way.
    private const long CandleGraceMs = 60_000;

    private static readonly TimeFrame[] Studied = [TimeFrame.M15, TimeFrame.H1, TimeFrame.H4];

    private readonly DateTimeOffset _started = parts.Time.GetUtcNow();

    public IReadOnlyList<SymbolListing> Listings
    {
        get
        {
            lock (runner.Gate) return [.. runner.Pipeline.Desks.Select(desk => desk.Listing)];
        }
    }

    public KernelOptions Options => runner.Options;

    public long NowMs => parts.Clock() is { } clock && !runner.IsOver ? Math.Max(clock.NowMs, runner.NowMs) : runner.NowMs;

    public long KnownFromMs => runner.Identity.DecideFromMs;

    public ChatStatus Status()
    {
        var wire = parts.Wire?.Read();
        lock (runner.Gate)
        {
            var live = runner.Signals.Live.Select(runner.StateOf).ToArray();
            var open = live.Count(state => state.Live is not null);
            var ledger = runner.LedgerPosition;
            return new()
            {
                Mode = parts.Mode,
                Exchange = runner.Identity.Exchange,
                Profile = runner.Options.Profile,
                Version = parts.Version,
                MarketMs = NowMs,
                Speed = parts.Speed,
                Uptime = parts.Time.GetUtcNow() - _started,
                IsLoading = parts.Clock() is null,
                Symbols = runner.Pipeline.Desks.Count,
                StrategiesOn = runner.Pipeline.Strategies.Count,
                StrategiesAll = StrategyCatalog.Names.Count,
                Open = open,
                Waiting = live.Length - open,
                Halt = runner.Halt,
                LedgerLines = ledger.Seq,
                LedgerHash = ledger.Hash,
                MissingCandles = runner.Pipeline.Desks.Sum(desk => desk.View.Frame(desk.Listing.BaseFrame).Bars.Missing),
                SinceCandle = runner.IsOver ? null : parts.Time.GetUtcNow() - runner.LastCandleAt,
                PendingEffects = runner.PendingEffects,
                Messenger = parts.Messenger(),
                Wire = wire,
            };
        }
    }

    public IReadOnlyList<StrategyNote> Strategies()
    {
        lock (runner.Gate)
        {
            var from = Since(StrategyDays);
            var trades = EquityCurve.InOrder([.. runner.Signals.TradesSince(from).Where(trade => trade.IsPrimary)]);
            var decided = runner.Signals.Live.Concat(runner.Signals.Ended)
                .Where(record => record.State.Plan.DecidedAtMs >= from)
                .CountBy(record => record.State.Plan.Strategy).ToDictionary(StringComparer.Ordinal);
            var on = runner.Pipeline.Strategies.ToDictionary(strategy => strategy.Name, StringComparer.Ordinal);
            return [.. StrategyCatalog.Names.Select(name =>
            {
                var strategy = on.GetValueOrDefault(name);
                var (fit, without) = strategy is null || name == ActionPrice.CatalogName ? ([], 0) : FitOf(name);
                return new StrategyNote(
                    name, strategy is not null, strategy?.Frame, fit, without, decided.GetValueOrDefault(name),
                    GroupStatistics.Of(name, [.. trades.Where(trade => trade.Strategy == name)]));
            })];
        }
    }

    public IReadOnlyList<TradeRecord> TradesSince(long fromMs)
    {
        lock (runner.Gate) return runner.Signals.TradesSince(fromMs);
    }

    public IReadOnlyList<SignalTrack> Live()
    {
        lock (runner.Gate)
        {
            var equity = runner.Pipeline.Account.Equity;
            return [.. runner.Signals.Live
                .OrderByDescending(record => record.State.Plan.DecidedAtMs).ThenBy(record => record.State.Plan.Id.Value, StringComparer.Ordinal)
                .Select(record =>
                {
                    var state = runner.StateOf(record);
                    var last = runner.LastPrice(state.Plan.Symbol);
                    var now = state.Live is { } position ? RunReading.NowR(state.Plan, position, last) : double.NaN;
                    return new SignalTrack(state, record.RegimeLabel, last, now, RunReading.RiskPercent(state, equity));
                })];
        }
    }

    public WhyNote? Why(Symbol symbol)
    {
        lock (runner.Gate)
        {
            if (DeskOf(symbol) is not { } desk) return null;
            var frames = runner.Pipeline.Strategies.ToDictionary(strategy => strategy.Name, strategy => strategy.Frame, StringComparer.Ordinal);
            var rows = runner.Why.Of(symbol).Select(group =>
            {
                var nearest = RunReading.Nearest(group);
                var frame = frames[group.Key.Strategy];
                var ago = (int)((frame.OpenOf(runner.NowMs) - nearest.CloseMs) / frame.Ms());
                return new WhyRow(nearest, frame, Math.Max(0, ago), group.Select(asked => asked.CloseMs).Distinct().Count());
            });
            return new(
                symbol, desk.View.Regime, runner.Regimes.SinceMs(symbol.Name), runner.LastPrice(symbol),
                [.. rows.OrderBy(row => RunReading.Distance(row.Asked.Status)).ThenBy(row => row.Asked.Failed).ThenBy(row => row.BarsAgo)
                    .ThenBy(row => StrategyCatalog.PriorityOf(row.Asked.Kind.Strategy)).ThenBy(row => row.Asked.Kind.Side)],
                [.. LocksOf(desk)],
                desk.IsFrozen,
                [.. runner.Refusals.Reasons.SelectMany(reason => reason.Last).Where(note => note.Symbol == symbol.Name)
                    .OrderByDescending(note => note.TimeMs).Take(RefusalsRead)]);
        }
    }

    public SizeBasis? SizeOf(Symbol symbol)
    {
        lock (runner.Gate)
        {
            if (DeskOf(symbol) is not { } desk) return null;
            var studies = desk.View.Frame(desk.Listing.BaseFrame);
            var newest = desk.Live.Select(tracker => tracker.Plan).Where(plan => plan.Execution == TradePlan.Primary)
                .MaxBy(plan => plan.DecidedAtMs);
            return new(
                symbol, desk.Listing.Rules, runner.Pipeline.Account.Equity, runner.LastPrice(symbol),
                studies.IsEmpty ? double.NaN : studies.Now.Atr, desk.Listing.BaseFrame, newest);
        }
    }

    public IReadOnlyList<DataNote> Data()
    {
        lock (runner.Gate)
        {
            var names = runner.Pipeline.Strategies.Select(strategy => strategy.Name).ToArray();
            return [.. runner.Pipeline.Desks.Select(desk => new DataNote(
                desk.Symbol,
                [.. Studied.Where(frame => frame >= desk.Listing.BaseFrame).Select(frame => FrameOf(desk, frame))],
                desk.IsFrozen, desk.Restarts, desk.RefusedCandles, desk.View.HasRegime,
                [.. MissingOf(desk)],
                [.. InputsOf(desk.Symbol, names)]))];
        }
    }

    public LatencyNote Latency()
    {
        var wire = parts.Wire?.Read();
        lock (runner.Gate)
        {
            var (decided, computed) = (runner.Latency.Decided, runner.Latency.Computed);
            return new(
                (int)Math.Min(decided.Count, int.MaxValue), decided.QuantileMs(0.5), decided.QuantileMs(0.99),
                computed.QuantileMs(0.5), computed.QuantileMs(0.99),
                runner.PendingEffects, parts.Messenger(), wire);
        }
    }

    public DayNote Day()
    {
        lock (runner.Gate)
        {
            var from = MidnightMs(NowMs);
            var quarterFrom = Since(QuarterDays);
            var quarter = EquityCurve.InOrder([.. runner.Signals.TradesSince(quarterFrom).Where(trade => trade.IsPrimary)]);
            var today = runner.Signals.TradesSince(from);
            var usdt = runner.Signals.Ended.Select(record => record.State).OfType<SignalState.Closed>()
                .Where(state => state.Plan.Execution == TradePlan.Primary && state.Result.ClosedAtMs >= from)
                .Sum(state => state.Result.NetR * state.Result.Risk * state.Result.Quantity);
            var live = runner.Pipeline.Desks.SelectMany(desk => desk.Live)
                .Where(tracker => tracker.Plan.Execution == TradePlan.Primary).ToArray();
            var equity = runner.Pipeline.Account.Equity;
            return new(
                from,
                [.. today.Where(trade => trade.IsPrimary)],
                today.Count(trade => !trade.IsPrimary),
                usdt,
                equity,
                runner.Signals.Live.Concat(runner.Signals.Ended).Count(record => record.State.Plan.DecidedAtMs >= from),
                live.Count(tracker => tracker.State.Live is not null),
                live.Count(tracker => tracker.State.Live is null),
                equity > 0 ? (double)(Account.OpenRisk(runner.Pipeline.Desks) / equity * 100) : double.NaN,
                [.. runner.Days.Between(from, NowMs).Refusals.OrderByDescending(reason => reason.Value)
                    .ThenBy(reason => reason.Key, StringComparer.Ordinal).Select(reason => new RefusalCount(reason.Key, reason.Value))],
                runner.Days.SinceMs is { } since && since > from ? since : null,
                GroupStatistics.Of("all", quarter),
                Drawdown.Of(EquityCurve.Of(quarter), quarterFrom, NowMs));
        }
    }

    public Task SetHaltAsync(bool halted, CancellationToken cancel) =>
        (parts.SetHalt ?? runner.SetHaltAsync)(halted ? new(NowMs, "chat") : null, cancel);

    private long Since(int days) => Math.Max(KnownFromMs, NowMs - (days * TimeFrame.D1.Ms()));

    private SymbolDesk? DeskOf(Symbol symbol) => runner.Pipeline.Desks.FirstOrDefault(desk => desk.Symbol == symbol);

    private (IReadOnlyList<RegimeFit> Fit, int Without) FitOf(string strategy)
    {
        var known = runner.Pipeline.Desks.Where(desk => desk.View.HasRegime).ToArray();
        var fit = known
            .GroupBy(desk => runner.Options.Scoring.RegimeWeights
                ? RegimeWeights.Of(desk.View.Regime.Label, strategy, CategoryOf(strategy))
                : 1.0)
            .OrderBy(group => group.Key)
            .Select(group => new RegimeFit(group.Key, group.Count()));
        return ([.. fit], runner.Pipeline.Desks.Count - known.Length);
    }

    // What a strategy mostly is; only in a choppy market its other modes weigh differently.
    private static EntryCategory CategoryOf(string strategy) => strategy switch
    {
        BreakAndRetest.CatalogName or OrderFlow.CatalogName => EntryCategory.Breakout,
        MaVwapPullback.CatalogName => EntryCategory.Pullback,
        _ => EntryCategory.MeanReversion,
    };

    private IEnumerable<LockNote> LocksOf(SymbolDesk desk)
    {
        foreach (var actionPrice in (bool[])[false, true])
        {
            foreach (var side in (Side[])[Side.Long, Side.Short])
            {
                var until = desk.Locks.LockedUntilMs(actionPrice, side);
                if (until > NowMs) yield return new(null, actionPrice, side, until);
            }
        }

        foreach (var strategy in runner.Pipeline.Strategies)
        {
            if (desk.Locks.IsBlocked(SetupKind.CodeOf(strategy.Name))) yield return new(strategy.Name, false, null, null);
        }
    }

    private FrameNote FrameOf(SymbolDesk desk, TimeFrame frame)
    {
        var studies = desk.View.Frame(frame);
        if (studies.IsEmpty) return new(frame, 0, 0, 0, null);
        var grace = parts.Clock() is { } clock ? (long)Math.Max(CandleGraceMs, 5_000 * clock.Speed) : 0;
        var behind = (frame.OpenOf(NowMs - grace) - studies.Bar.CloseTimeMs(frame)) / frame.Ms();
        var bars = studies.Bars;
        return new(frame, studies.BarsFolded, bars.Missing, Math.Max(0, behind), bars.LastGapBars > 0 ? bars.BarsSinceGap : null);
    }

    private static IEnumerable<string> MissingOf(SymbolDesk desk)
    {
        if (double.IsNaN(desk.Context.DepthImbalance)) yield return "depth_imbalance";
        if (double.IsNaN(desk.Context.OpenInterestChange)) yield return "open_interest";
        if (double.IsNaN(desk.Context.FundingZ)) yield return "funding";
    }

    /// <summary>What each strategy lacked when it was asked last.</summary>
    private IEnumerable<StrategyInputs> InputsOf(Symbol symbol, string[] names)
    {
        var asked = runner.Why.Of(symbol).SelectMany(group => group).ToLookup(one => one.Kind.Strategy, StringComparer.Ordinal);
        foreach (var name in names)
        {
            var last = asked[name].Select(one => one.CloseMs).DefaultIfEmpty().Max();
            var questions = asked[name].Where(one => one.CloseMs == last).ToArray();
            var unanswered = questions.Where(one => one.Status == DecisionStatus.Unavailable).ToArray();
            yield return new(
                name, questions.Length, unanswered.Length,
                [.. unanswered.SelectMany(one => one.Predicates)
                    .Where(predicate => predicate.Outcome == PredicateOutcome.Unavailable && predicate.Role == PredicateRole.Mandatory)
                    .Select(predicate => predicate.Name).Distinct()]);
        }
    }

    private long MidnightMs(long nowMs)
    {
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(nowMs), parts.Zone);
        var midnight = DateTime.SpecifyKind(local.Date, DateTimeKind.Unspecified);
        return new DateTimeOffset(midnight, parts.Zone.GetUtcOffset(midnight)).ToUnixTimeMilliseconds();
    }
}
