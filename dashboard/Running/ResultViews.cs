using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Running;

namespace FuturesBot.Dashboard.Running;

/// <summary>Results and account as the page shows them.</summary>
internal static class ResultViews
{
    public static PerformanceView Performance(int days, IReadOnlyList<TradeRecord> trades, long fromMs, long nowMs)
    {
        var panel = PerformancePanel.Of(trades, new PanelOptions(fromMs, nowMs));
        return new(
            days,
            Statistics(panel.Overall),
            [.. panel.ByStrategy.Select(Statistics)],
            [.. panel.ByRegime.Select(Statistics)],
            [.. panel.ByScoreBucket.Select(Statistics)],
            [.. panel.Equity.Select(point => new EquityPointView(point.TimeMs, point.NetR))],
            [.. panel.Equity.Select(point => new EquityPointView(point.TimeMs, point.GrossR))],
            panel.Drawdown.DepthR,
            panel.Equity.Count > 0 ? panel.Equity[^1].DrawdownR : 0);
    }

    /// <summary>The closed trades of a run that closed at or after a moment.</summary>
    public static List<TradeRecord> Trades(SignalBook signals, long fromMs) => signals.TradesSince(fromMs);

    /// <param name="pipeline">The account and the live signals.</param>
    /// <param name="signals">The ended signals.</param>
    /// <param name="options">Limits and starting balance.</param>
    /// <param name="last">Last price of a symbol; NaN when there is none.</param>
    /// <param name="nowMs">Market time.</param>
    public static PortfolioView Portfolio(
        Pipeline pipeline, SignalBook signals, KernelOptions options, Func<Symbol, double> last, long nowMs)
    {
        var equity = pipeline.Account.Equity;
        var dayMs = TimeFrame.D1.OpenOf(nowMs);
        TradeResult[] closed = [.. signals.Ended.Select(record => record.State).OfType<SignalState.Closed>()
            .Where(state => state.Plan.Execution == TradePlan.Primary).Select(state => state.Result)];
        var today = Array.FindAll(closed, result => result.ClosedAtMs >= dayMs);
        var todayUsdt = today.Sum(result => result.NetR * result.Risk * result.Quantity);
        var open = new Open();
        foreach (var tracker in pipeline.Desks.SelectMany(desk => desk.Live))
        {
            if (tracker.Plan.Execution == TradePlan.Primary) open.Add(tracker.State, last(tracker.Plan.Symbol), equity);
        }

        return new(
            options.Risk.StartingBalance,
            equity + open.Usdt,
            (double)closed.Sum(result => result.NetR),
            (double)today.Sum(result => result.NetR),
            equity > todayUsdt ? (double)(todayUsdt / (equity - todayUsdt) * 100) : double.NaN,
            open.R,
            open.RiskPercent,
            open.PendingPercent,
            open.Positions,
            open.Waiting,
            double.NaN,
            (double)options.Risk.OpenRiskMax * 100);
    }

    private static StatisticsView Statistics(GroupStatistics group) => new(
        group.Name, group.N, group.Wins, group.BreakEvens, group.Losses,
        group.WinRate.Rate ?? double.NaN,
        new(group.WinRate.Ci95.Low, group.WinRate.Ci95.High),
        group.ExpectancyRNet,
        new(group.ExpectancyRNetCi95.Low, group.ExpectancyRNetCi95.High),
        group.ProfitFactorNet,
        group.TotalRNet);

    private sealed class Open
    {
        public decimal Usdt { get; private set; }

        public double R { get; private set; }

        public double RiskPercent { get; private set; }

        public double PendingPercent { get; private set; }

        public int Positions { get; private set; }

        public int Waiting { get; private set; }

        public void Add(SignalState state, double last, decimal equity)
        {
            var risk = SignalViews.RiskPercent(state, equity);
            if (state.Live is not { } position)
            {
                Waiting++;
                PendingPercent += risk;
                return;
            }

            Positions++;
            RiskPercent += risk;
            var now = SignalViews.NowR(state.Plan, position, last);
            if (double.IsNaN(now)) return;
            R += now;
            Usdt += (decimal)now * position.Risk * position.Quantity;
        }
    }
}
