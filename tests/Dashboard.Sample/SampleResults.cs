using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard.Sample;

/// <summary>Details of the invented account and trades.</summary>
public sealed class SampleResults(SampleSource source) : IResultsSource
{
    private const long DayMs = 86_400_000;
    private const decimal Start = 10_000m;
    private const decimal UsdtPerR = 50m;

    public PortfolioDetailView PortfolioDetail()
    {
        var trades = source.ClosedWithin(0);
        var (sum, money) = (0.0, Start);
        MoneyPointView[] curve =
        [
            .. trades.Select(t => new MoneyPointView(t.ClosedAtMs ?? 0, sum += t.PnlRNet, money += (decimal)t.PnlRNet * UsdtPerR)),
        ];
        DayResultView[] daily =
        [
            .. trades.GroupBy(t => (t.ClosedAtMs ?? 0) / DayMs * DayMs).OrderBy(g => g.Key)
                .Select(g => new DayResultView(g.Key, g.Count(), g.Sum(t => t.PnlRNet), (decimal)g.Sum(t => t.PnlRNet) * UsdtPerR)),
        ];
        var positions = source.Signals(SignalGroup.Open, 20).Select((s, i) => new OpenPositionView(
            s.SignalId, s.Symbol, s.Strategy, s.Direction, s.EnteredAtMs is null, 1_850m + (410 * i), s.RiskPercent > 0 ? UsdtPerR : 0,
            s.RiskPercent, s.NowR, double.IsNaN(s.NowR) ? null : (decimal)s.NowR * UsdtPerR, Cluster: i < 3 ? 1 : null)).ToArray();
        AllocationView[] By(Func<OpenPositionView, string> key) =>
        [
            .. positions.Where(p => !p.Waiting).GroupBy(key).Select(g => new AllocationView(
                g.Key, g.Count(), g.Sum(p => p.NotionalUsdt), (double)g.Sum(p => p.NotionalUsdt) / 102.48, g.Sum(p => p.RiskPercent),
                g.Sum(p => p.NowR))).OrderByDescending(a => a.NotionalUsdt),
        ];
        Symbol[] Symbols(params string[] names) => [.. names.Select(Symbol.Parse)];
        return new(
            source.Portfolio(), curve, positions, By(p => p.Symbol.Name), By(p => p.Strategy), By(p => p.Direction.ToString().ToLowerInvariant()),
            new(
                Available: true, Reason: null, 0.8, 30, TimeFrame.H1,
                [
                    new(1, Symbols("ETHUSDT", "SOLUSDT", "BNBUSDT", "AVAXUSDT"), 0.86, 0.77, 3, 1.0),
                    new(2, Symbols("DOGEUSDT", "1000PEPEUSDT"), 0.84, 0.84, 0, 0),
                ],
                PositionsMax: 3),
            daily,
            [
                new("day", "Loss of the day", 0.42, 3, "%", Enforced: true), new("week", "Loss of the week", 1.10, 6, "%", Enforced: true),
                new("open_risk", "Open risk", 1.5, 3, "%", Enforced: true), new("positions", "Positions", 4, 10, "positions", Enforced: true),
                new("drawdown", "Drawdown", 2.75, 10, "%", Enforced: false),
            ]);
    }

    public PerformanceDetailView PerformanceDetail(int days)
    {
        var trades = source.ClosedWithin(days);
        StatisticsView[] By(Func<SignalView, string> key) =>
            [.. trades.GroupBy(key).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => SampleSource.Statistics(g.Key, [.. g]))];
        var all = SampleSource.Statistics("all", trades);
        var equity = SampleSource.Sum(trades, t => t.PnlRNet);
        var down = SampleSource.Drawdowns(equity);
        var (from, to) = (trades.Length == 0 ? 0 : trades[0].DecidedAtMs, source.Status().MarketTimeMs);
        return new(
            days, from, to, all, all, Shadowed: 6, By(t => t.Strategy), By(t => t.Regime), By(Bucket), By(t => t.Symbol.Name),
            By(t => t.Direction.ToString().ToLowerInvariant()),
            By(t => Hour(t.DecidedAtMs + (2 * 3_600_000))), By(t => Hour(t.DecidedAtMs)), By(t => t.Bars % 5 == 0 ? "2 strategies" : "1 strategy"),
            [
                new("core", trades.Length, 0.12, "in_order", Alert: false, [.. trades.GroupBy(Bucket).OrderBy(g => g.Key, StringComparer.Ordinal).Select(Scored)]),
                new("action_price", 40, -0.21, "inverted", Alert: true, [new("4", 22, 0.21, new(-0.3, 0.7)), new("5", 12, -0.02, new(-0.8, 0.7)), new("6", 6, -0.3, new(-1.1, 0.9))]),
            ],
            [
                new("core", "total", trades.Length, 1, 0, 0.12, "in_order", Alert: false), new("action_price", "total", 40, 1, 0, -0.21, "inverted", Alert: true),
                new("core", "Volume", trades.Length, 0.61, 0, 0.08, "in_order", Alert: false), new("core", "CVD", trades.Length, 0.44, 0, 0.11, "in_order", Alert: false),
                new("core", "Open interest", 48, 0.09, 0.68, double.NaN, "cannot_say", Alert: false), new("core", "Lipuchka", trades.Length, 0, 0, double.NaN, "never_fires", Alert: true),
            ],
            new(
                [0.25, 0.5, 0.75], [0.3, 0.8, 1.9], [-1, -0.5, -0.1], [-0.4, -0.2, -0.05], [0.1, 0.3, 0.6], 1.31,
                [.. trades.Select(t => new ExcursionPointView(t.SignalId, t.MaeR, t.MfeR, t.PnlRNet, t.Outcome ?? TradeOutcome.Loss)).Reverse()], trades.Length),
            new(down.DefaultIfEmpty(0).Min(), down.LastOrDefault(), TroughMs: null, 2 * DayMs, 0.62, []),
            new(9, 1.62, 2.1, 0.83, 0.71, Trials: 46, 212, 0.09, 4, 6),
            [.. trades.GroupBy(t => DateTimeOffset.FromUnixTimeMilliseconds(t.DecidedAtMs).ToString("yyyy-MM", null)).Select(g => new MonthView(g.Key, SampleSource.Statistics(g.Key, [.. g])))]);
    }

    private static string Bucket(SignalView trade)
    {
        var low = Math.Floor(trade.Score * 2) / 2;
        return low >= 5.5 ? "≥ 5.50" : $"{low:0.00}–{low + 0.49:0.00}";
    }

    private static string Hour(long ms) => $"{ms / 3_600_000 % 24:00}";

    private static ScoreBucketView Scored(IGrouping<string, SignalView> group)
    {
        var statistics = SampleSource.Statistics(group.Key, [.. group]);
        return new(group.Key, statistics.N, statistics.ExpectancyRNet, statistics.ExpectancyRNetCi95);
    }
}
