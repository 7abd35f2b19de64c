using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;

namespace FuturesBot.Dashboard.Sample;

/// <summary>The invented signals, counted as every host counts its own.</summary>
internal sealed class SampleResults(SampleSource source) : IResultsSource
{
    private const decimal Starting = 10_000m;
    private const decimal RiskUsdt = 100m;
    private const long DayMs = 86_400_000;

    public PortfolioDetailView PortfolioDetail()
    {
        var nowMs = source.Status().MarketTimeMs;
        var trades = Trades().OrderBy(trade => trade.ClosedAtMs).Select(trade => (trade.ClosedAtMs, trade.PnlRNet, trade.PnlRNet * RiskUsdt)).ToArray();
        PortfolioPosition[] positions =
        [
            .. source.Signals(SignalGroup.Open, 100).Select(signal => new PortfolioPosition(
                signal.SignalId, signal.Symbol, signal.Strategy, signal.Direction, signal.State == SignalStage.PendingEntry, 12_800m,
                signal.State == SignalStage.Tp1Done ? 0 : RiskUsdt, signal.NowR,
                double.IsNaN(signal.NowR) ? null : decimal.Round((decimal)signal.NowR * RiskUsdt, 2))),
        ];
        var hours = source.Symbols().Select(view => (view.Symbol, source.Candles(view.Symbol, TimeFrame.H1, 721))).ToArray();
        var equity = Starting + trades.Sum(trade => trade.Item3);
        var clusters = PortfolioDetails.Clusters(hours, positions, equity, nowMs, positionsMax: 3);
        return new(
            source.Portfolio(),
            PortfolioDetails.Curve(trades, Starting),
            [.. positions.Select(one => new OpenPositionView(
                one.SignalId, one.Symbol, one.Strategy, one.Side, one.Waiting, one.NotionalUsdt, one.RiskUsdt,
                PortfolioDetails.Percent(one.RiskUsdt, equity), one.NowR, one.NowUsdt,
                clusters.Clusters.FirstOrDefault(cluster => cluster.Symbols.Contains(one.Symbol))?.Number))],
            PortfolioDetails.Allocation(positions, one => one.Symbol.Name, equity),
            PortfolioDetails.Allocation(positions, one => one.Strategy, equity),
            PortfolioDetails.Allocation(positions, one => one.Side == Side.Long ? "long" : "short", equity),
            clusters,
            PortfolioDetails.Daily(trades, nowMs - (40 * DayMs), nowMs),
            [
                new("day", "loss since 00:00 UTC, open results counted", 0.42, 3, "%", false),
                new("week", "loss since Monday 00:00 UTC, open results counted", 0, 5, "%", false),
                new("drawdown", "below the highest balance, open results counted", 5.5, 10, "%", false),
                new("open_risk", "what all stops would cost", 2.9, 3, "%", true),
                new("positions", "open and waiting", positions.Length, 10, "positions", true),
                new("losing_streak", "losing trades in a row", 1, 4, "trades", false),
            ]);
    }

    public PerformanceDetailView PerformanceDetail(int days)
    {
        var nowMs = source.Status().MarketTimeMs;
        var fromMs = days == 0 ? nowMs - (90 * DayMs) : nowMs - (days * DayMs);
        return PerformanceDetails.Of(
            days, [.. Trades().Where(trade => trade.ClosedAtMs >= fromMs)], fromMs, nowMs,
            TimeZoneInfo.CreateCustomTimeZone("sample", TimeSpan.FromHours(2), "sample", "sample"));
    }

    private IEnumerable<TradeRecord> Trades() => source.Signals(SignalGroup.Closed, int.MaxValue).Select((signal, n) => new TradeRecord
    {
        SignalId = signal.SignalId,
        Symbol = signal.Symbol.Name,
        Strategy = signal.Strategy == "Action Price" ? "ActionPrice" : signal.Strategy,
        Mode = signal.Mode,
        Direction = signal.Direction == Side.Long ? "LONG" : "SHORT",
        Category = signal.Category,
        Score = signal.Score,
        ScoreParts =
        [
            new("confluence", n % 3 == 0 ? 1.5 : 0, $"{(n % 3 == 0 ? 2 : 1)} strategies agree"), new("volume", n % 2, "1.8 × the median"),
            new("depth imbalance", n % 4 == 0 ? null : 0.25, n % 4 == 0 ? "no book" : "0.12"),
        ],
        Regime = signal.Regime,
        DecidedAtMs = signal.DecidedAtMs,
        EntryTimeMs = signal.EnteredAtMs ?? signal.DecidedAtMs,
        EntryPrice = signal.EntryPrice,
        Stop = signal.InitialStop,
        Tp1 = signal.Tp1,
        Tp2 = signal.Tp2,
        Exits = [new(signal.ClosedAtMs ?? signal.DecidedAtMs, signal.Tp1, 1, signal.CloseReason ?? "SL")],
        Fees = 0.06m,
        Funding = 0,
        Slippage = 0.03m,
        PnlRGross = (decimal)signal.PnlRGross,
        PnlRNet = (decimal)signal.PnlRNet,
        Outcome = signal.Outcome switch
        {
            TradeOutcome.Win => Domain.Reporting.TradeOutcome.Win,
            TradeOutcome.BreakEven => Domain.Reporting.TradeOutcome.BreakEven,
            _ => Domain.Reporting.TradeOutcome.Loss,
        },
        MfeR = signal.MfeR,
        MaeR = signal.MaeR,
        Bars = signal.Bars,
        DecisionHash = "",
    });
}
