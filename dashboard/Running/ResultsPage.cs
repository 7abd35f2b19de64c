using FuturesBot.Adapters.Logs;
using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Running;
using Outcome = FuturesBot.Domain.Signals.Outcome;

namespace FuturesBot.Dashboard.Running;

/// <summary>The account and its results from every side, over the running system.</summary>
internal sealed class ResultsPage(MarketRunner runner, IDashboardSource page) : IResultsSource
{
    private readonly Lock _cache = new();

    // Changes with each ended signal only; the bootstraps are too slow for every read.
    private (int Ended, int Days, long DayMs, PerformanceDetailView View)? _details;
    private (long HourMs, ClustersView View)? _clusters;

    public PortfolioDetailView PortfolioDetail()
    {
        var now = page.Portfolio();
        decimal equity;
        long nowMs;
        List<PortfolioPosition> positions = [];
        TradeResult[] closed;
        (Symbol Symbol, IReadOnlyList<HourClose> Hours)[] hours;
        lock (runner.Gate)
        {
            (equity, nowMs) = (runner.Pipeline.Account.Equity, runner.NowMs);
            foreach (var tracker in runner.Pipeline.Desks.SelectMany(desk => desk.Live).Where(one => one.Plan.Execution == TradePlan.Primary))
                positions.Add(Of(tracker.State, RegimeViews.Last(runner, tracker.Plan.Symbol)));
            closed =
            [
                .. runner.Signals.Ended.Select(record => record.State).OfType<SignalState.Closed>()
                    .Where(state => state.Plan.Execution == TradePlan.Primary).Select(state => state.Result)
                    .OrderBy(result => result.ClosedAtMs),
            ];
            hours = KnowsClusters(nowMs) ? [] :
            [
                .. runner.Pipeline.Desks.Select(desk => (
                    desk.Symbol, (IReadOnlyList<HourClose>)runner.Shelf.Closes(desk.Symbol, PortfolioDetails.ClusterHours))),
            ];
        }

        var trades = Array.ConvertAll(closed, result => (result.ClosedAtMs, result.NetR, Usdt: MoneyOf(result)));
        var clusters = Clusters(hours, positions, equity, nowMs);
        var numberOf = clusters.Clusters.SelectMany(cluster => cluster.Symbols.Select(symbol => (symbol, cluster.Number)))
            .ToDictionary(entry => entry.symbol, entry => (int?)entry.Number);
        var curve = PortfolioDetails.Curve(trades, runner.Options.Risk.StartingBalance);
        return new(
            now, curve,
            [.. positions.OrderBy(one => one.Waiting).ThenByDescending(one => one.RiskUsdt).Select(one => new OpenPositionView(
                one.SignalId, one.Symbol, one.Strategy, one.Side, one.Waiting, one.NotionalUsdt, one.RiskUsdt,
                PortfolioDetails.Percent(one.RiskUsdt, equity), one.NowR, one.NowUsdt, numberOf.GetValueOrDefault(one.Symbol)))],
            PortfolioDetails.Allocation(positions, one => one.Symbol.Name, equity),
            PortfolioDetails.Allocation(positions, one => one.Strategy, equity),
            PortfolioDetails.Allocation(positions, one => one.Side == Side.Long ? "long" : "short", equity),
            clusters,
            PortfolioDetails.Daily(trades, runner.Identity.DecideFromMs, nowMs),
            Limits(now, closed, curve, positions, equity, nowMs));
    }

    public PerformanceDetailView PerformanceDetail(int days)
    {
        List<Domain.Reporting.TradeRecord> trades;
        int ended;
        long fromMs, nowMs;
        lock (runner.Gate)
        {
            (ended, nowMs) = (runner.Signals.EndedCount, runner.NowMs);
            lock (_cache)
            {
                if (_details is { } known && (known.Ended, known.Days, known.DayMs) == (ended, days, TimeFrame.D1.OpenOf(nowMs))) return known.View;
            }

            fromMs = days == 0
                ? runner.Identity.DecideFromMs
                : Math.Max(runner.Identity.DecideFromMs, nowMs - (days * TimeFrame.D1.Ms()));
            trades = ResultViews.Trades(runner.Signals, fromMs);
        }

        var view = PerformanceDetails.Of(days, trades, fromMs, nowMs, KyivTime.Zone);
        lock (_cache) _details = (ended, days, TimeFrame.D1.OpenOf(nowMs), view);
        return view;
    }

    private static decimal MoneyOf(TradeResult result) => result.NetR * result.Risk * result.Quantity;

    private static PortfolioPosition Of(SignalState state, double last)
    {
        var plan = state.Plan;
        if (state.Live is not { } position)
        {
            return new(
                plan.Id.Value, plan.Symbol, plan.Strategy, plan.Side, Waiting: true, plan.Entry * plan.Quantity,
                plan.Risk * plan.Quantity, double.NaN, null);
        }

        var nowR = SignalViews.NowR(plan, position, last);
        return new(
            plan.Id.Value, plan.Symbol, plan.Strategy, plan.Side, Waiting: false,
            position.Entry * position.Quantity * position.Remaining,
            Math.Max(0, plan.Dir * (position.Entry - position.Stop)) * position.Remaining * position.Quantity,
            nowR, double.IsNaN(nowR) ? null : (decimal)nowR * position.Risk * position.Quantity);
    }

    private bool KnowsClusters(long nowMs)
    {
        lock (_cache) return _clusters?.HourMs == TimeFrame.H1.OpenOf(nowMs);
    }

    // Correlations change with each closed hour alone; what is open in a cluster changes at any time.
    private ClustersView Clusters(
        IReadOnlyList<(Symbol Symbol, IReadOnlyList<HourClose> Hours)> hours, List<PortfolioPosition> positions, decimal equity, long nowMs)
    {
        var hourMs = TimeFrame.H1.OpenOf(nowMs);
        lock (_cache)
        {
            if (_clusters is not { } known || (known.HourMs != hourMs && hours.Count > 0))
            {
                _clusters = known =
                    (hourMs, PortfolioDetails.Clusters(hours, positions, equity, nowMs, runner.Options.Risk.ClusterMax));
            }

            return known.View with
            {
                Clusters =
                [
                    .. known.View.Clusters.Select(cluster =>
                    {
                        var open = positions.FindAll(one => !one.Waiting && cluster.Symbols.Contains(one.Symbol));
                        return cluster with
                        {
                            Positions = open.Count,
                            RiskPercent = PortfolioDetails.Percent(open.Sum(one => one.RiskUsdt), equity),
                        };
                    }),
                ],
            };
        }
    }

    private PortfolioLimitView[] Limits(
        PortfolioView now, TradeResult[] closed, IReadOnlyList<MoneyPointView> curve, List<PortfolioPosition> positions,
        decimal equity, long nowMs)
    {
        var risk = runner.Options.Risk;
        var open = positions.Sum(one => one.NowUsdt ?? 0);
        var peak = Math.Max(risk.StartingBalance, curve.Count == 0 ? 0 : curve.Max(point => point.Usdt));
        var losses = closed.Reverse().TakeWhile(result => result.Outcome == Outcome.Loss).Count();
        return
        [
            new("day", "loss since 00:00 UTC, open results counted", Loss(TimeFrame.D1.OpenOf(nowMs)), Percent(risk.DailyLossMax), "%", false),
            new("week", "loss since Monday 00:00 UTC, open results counted", Loss(WeeklyVwap.MondayOf(nowMs)), Percent(risk.WeeklyLossMax), "%", false),
            new(
                "drawdown", "below the highest balance, open results counted",
                Math.Max(0, PortfolioDetails.Percent(peak - (equity + open), peak)), Percent(risk.DrawdownMax), "%", false),
            new("open_risk", "what all stops would cost", now.OpenRiskPercent + now.PendingRiskPercent, Percent(risk.OpenRiskMax), "%", true),
            new("positions", "open and waiting", positions.Count, risk.PositionsMax, "positions", true),
            new("losing_streak", "losing trades in a row", losses, risk.LosingStreakMax, "trades", false),
        ];

        double Loss(long sinceMs)
        {
            var realised = closed.Where(result => result.ClosedAtMs >= sinceMs).Sum(MoneyOf);
            return Math.Max(0, PortfolioDetails.Percent(-(realised + open), equity - realised));
        }

        static double Percent(decimal fraction) => (double)fraction * 100;
    }
}
