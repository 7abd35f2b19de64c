namespace FuturesBot.Domain.Reporting;

/// <summary>
/// Every statistic of a set of trades, once: the page, <c>summary.json</c>, the report and the messages print
/// these numbers and compute none of their own.
/// </summary>
/// <remarks>
/// Default figures are those of an account with one position per symbol; <see cref="SignalsView"/> also
/// counts the signals that were only followed.
/// </remarks>
public sealed record PerformancePanel
{
    public required PanelOptions Options { get; init; }

    /// <summary>The primary trades in the order of closing.</summary>
    public required IReadOnlyList<TradeRecord> Trades { get; init; }

    public required GroupStatistics Overall { get; init; }

    /// <summary>All closed trades, the shadowed ones included.</summary>
    public required GroupStatistics SignalsView { get; init; }

    /// <summary>Trades that were only followed, because the symbol's position was taken.</summary>
    public required int Shadowed { get; init; }

    public required IReadOnlyList<EquityPoint> Equity { get; init; }

    public required Drawdown Drawdown { get; init; }

    /// <summary>UTC days in the data, with or without trades: T of the ratios below.</summary>
    public required int Days { get; init; }

    /// <summary>Daily results, annualised with √365.</summary>
    public required double Sharpe { get; init; }

    /// <summary>Daily results against 0, annualised with √365.</summary>
    public required double Sortino { get; init; }

    /// <summary>Probability that the true Sharpe ratio is above 0, before the trials are paid for.</summary>
    public required double ProbabilisticSharpe { get; init; }

    /// <summary>The same after <see cref="PanelOptions.Trials"/> tries.</summary>
    public required double DeflatedSharpe { get; init; }

    /// <summary>
    /// Days until a Sharpe ratio like this one is believed at 95 %; NaN when it is not above 0.
    /// </summary>
    public required double MinimumTrackRecordDays { get; init; }

    public required Excursions Excursions { get; init; }

    public required Streaks Streaks { get; init; }

    /// <summary>Fees + funding + slippage per trade, in R; NaN without a trade.</summary>
    public required double CostR { get; init; }

    public required IReadOnlyList<ScoreSentinel> Sentinel { get; init; }

    public required IReadOnlyList<GroupStatistics> ByStrategy { get; init; }

    public required IReadOnlyList<GroupStatistics> ByRegime { get; init; }

    /// <summary>From the lowest score to the highest, Action Price after the core score.</summary>
    public required IReadOnlyList<GroupStatistics> ByScoreBucket { get; init; }

    public required IReadOnlyList<GroupStatistics> BySymbol { get; init; }

    public required IReadOnlyList<GroupStatistics> ByDirection { get; init; }

    /// <summary>The commonest first.</summary>
    public required IReadOnlyList<RefusalCount> Refusals { get; init; }

    /// <summary>
    /// The figures in the earlier author's own counting, where only "stopped at entry after TP1" is even;
    /// null unless asked for. Never the default.
    /// </summary>
    public required GroupStatistics? AuthorCounting { get; init; }

    public bool EdgeProven => Overall.EdgeProven;

    public static PerformancePanel Of(
        IReadOnlyList<TradeRecord> closed, PanelOptions options, IEnumerable<RefusalCount>? refusals = null)
    {
        var all = EquityCurve.InOrder(closed);
        var trades = Array.FindAll(all, t => t.IsPrimary);
        var equity = EquityCurve.Of(trades);
        var days = DailyResults.Of(trades, options.FromMs, options.ToMs);
        var daily = Moments.Of(days);
        var sharpe = SharpeRatio.PerPeriod(days);
        return new()
        {
            Options = options,
            Trades = trades,
            Overall = GroupStatistics.Of("all", trades),
            SignalsView = GroupStatistics.Of("signals", all),
            Shadowed = all.Length - trades.Length,
            Equity = equity,
            Drawdown = Drawdown.Of(equity, options.FromMs, options.ToMs),
            Days = days.Length,
            Sharpe = SharpeRatio.Annualised(days, DailyResults.DaysPerYear),
            Sortino = SortinoRatio.Annualised(days, DailyResults.DaysPerYear),
            ProbabilisticSharpe = Reporting.ProbabilisticSharpe.Of(
                sharpe, 0, daily.N, daily.Skewness, daily.Kurtosis),
            DeflatedSharpe = Reporting.DeflatedSharpe.Of(
                sharpe, daily.N, daily.Skewness, daily.Kurtosis, options.Trials, options.TrialVariance),
            MinimumTrackRecordDays = TrackRecordLength.MinimumPeriods(sharpe, daily.Skewness, daily.Kurtosis),
            Excursions = Excursions.Of(trades),
            Streaks = Streaks.Of(trades),
            CostR = trades.Length == 0
                ? double.NaN
                : (double)trades.Sum(t => t.Fees + t.Funding + t.Slippage) / trades.Length,
            Sentinel = ScoreSentinel.Of(trades),
            ByStrategy = GroupStatistics.By(trades, t => t.Strategy),
            ByRegime = GroupStatistics.By(trades, t => t.Regime.Length == 0 ? "unavailable" : t.Regime),
            ByScoreBucket = GroupStatistics.By(
                trades.Where(t => ScoreScale.Bucket(t) is not null),
                t => ScoreScale.Bucket(t)!.Value.Label,
                t => ScoreScale.Bucket(t)!.Value.Order),
            BySymbol = GroupStatistics.By(trades, t => t.Symbol),
            ByDirection = GroupStatistics.By(trades, t => t.Direction),
            Refusals =
            [
                .. (refusals ?? []).OrderByDescending(r => r.Count)
                    .ThenBy(r => r.Reason, StringComparer.Ordinal),
            ],
            AuthorCounting = options.AuthorCounting ? AsTheAuthorCounted(trades) : null,
        };
    }

    private static GroupStatistics AsTheAuthorCounted(TradeRecord[] trades) => GroupStatistics.Of(
        "author", Array.ConvertAll(trades, t => t with
        {
            Outcome = t.Exits[^1].Reason == TradeExit.BreakEvenStop ? TradeOutcome.BreakEven
                : t.PnlRNet > 0 ? TradeOutcome.Win
                : TradeOutcome.Loss,
        }));
}
