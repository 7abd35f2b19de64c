using System.Globalization;
using System.Text.Json;
using FuturesBot.Domain.Reporting;

namespace FuturesBot.Dashboard;

/// <summary>Closed trades as the page shows them from every side: the same in every host.</summary>
public static class PerformanceDetails
{
    /// <summary>Points of the excursions' scatter.</summary>
    public const int PointsMax = 2_000;

    private const string OwnScore = "own score";
    private const string ConfluencePart = "confluence";

    private static readonly TimeZoneInfo Utc = TimeZoneInfo.Utc;

    /// <param name="days">As asked for; 0 = everything.</param>
    /// <param name="closed">In any order, shadowed ones included.</param>
    /// <param name="fromMs">Start of the data: days without trades count.</param>
    /// <param name="toMs">End of the data.</param>
    /// <param name="kyiv">The zone of people's hours.</param>
    /// <param name="trials">Configurations tried so far; null when nobody counted.</param>
    public static PerformanceDetailView Of(
        int days, IReadOnlyList<TradeRecord> closed, long fromMs, long toMs, TimeZoneInfo kyiv, int? trials = null)
    {
        var panel = PerformancePanel.Of(closed, new(fromMs, toMs, trials ?? 1));
        var trades = panel.Trades;
        return new(
            days, fromMs, toMs,
            Statistics(panel.Overall), Statistics(panel.SignalsView), panel.Shadowed,
            All(panel.ByStrategy), All(panel.ByRegime), All(panel.ByScoreBucket), All(panel.BySymbol), All(panel.ByDirection),
            Groups(trades, trade => HourOf(trade, kyiv)), Groups(trades, trade => HourOf(trade, Utc)), Groups(trades, ConfluenceOf),
            [.. Calibrations(trades, panel.Sentinel)],
            [.. panel.Sentinel.Where(part => part.Name != ScoreSentinel.Total).Select(part => new ScorePartCheckView(
                part.Scale, part.Name, part.N, part.FiresShare, part.UnavailableShare, part.RankCorrelation, NameOf(part.Verdict), part.Alert))],
            ExcursionsOf(panel),
            new(
                panel.Drawdown.DepthR, panel.Equity.Count > 0 ? panel.Equity[^1].DrawdownR : 0, panel.Drawdown.TroughMs,
                panel.Drawdown.LongestUnderWaterMs, panel.Drawdown.UnderWaterShare,
                [.. panel.Equity.Select(point => new EquityPointView(point.TimeMs, point.DrawdownR))]),
            new(
                panel.Days, panel.Sharpe, panel.Sortino, panel.ProbabilisticSharpe, panel.DeflatedSharpe, trials,
                panel.MinimumTrackRecordDays, panel.CostR, panel.Streaks.WinsMax, panel.Streaks.LossesMax),
            [.. trades.GroupBy(MonthOf, StringComparer.Ordinal).OrderBy(month => month.Key, StringComparer.Ordinal)
                .Select(month => new MonthView(month.Key, Statistics(GroupStatistics.Of(month.Key, [.. month]))))]);
    }

    /// <summary>A group of trades as the page shows it.</summary>
    public static StatisticsView Statistics(GroupStatistics group) => new(
        group.Name, group.N, group.Wins, group.BreakEvens, group.Losses,
        group.WinRate.Rate ?? double.NaN,
        new(group.WinRate.Ci95.Low, group.WinRate.Ci95.High),
        group.ExpectancyRNet,
        new(group.ExpectancyRNetCi95.Low, group.ExpectancyRNetCi95.High),
        group.ProfitFactorNet,
        group.TotalRNet);

    private static StatisticsView[] All(IReadOnlyList<GroupStatistics> groups) => [.. groups.Select(Statistics)];

    private static StatisticsView[] Groups(IEnumerable<TradeRecord> trades, Func<TradeRecord, string> name) =>
    [
        .. trades.GroupBy(name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Statistics(GroupStatistics.Of(group.Key, [.. group]))),
    ];

    private static string HourOf(TradeRecord trade, TimeZoneInfo zone) => TimeZoneInfo
        .ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(trade.DecidedAtMs), zone).ToString("HH", CultureInfo.InvariantCulture);

    private static string MonthOf(TradeRecord trade) =>
        DateTimeOffset.FromUnixTimeMilliseconds(trade.ClosedAtMs).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    // The part's reason begins with the count: "2 strategies agree".
    private static string ConfluenceOf(TradeRecord trade)
    {
        if (ScoreScale.Of(trade.Strategy) != ScoreScale.Core) return OwnScore;
        var part = trade.ScoreParts.FirstOrDefault(part => part.Name == ConfluencePart);
        return part is { Points: not null } && int.TryParse(part.Because.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? $"{count} agree"
            : "unavailable";
    }

    private static IEnumerable<CalibrationView> Calibrations(IReadOnlyList<TradeRecord> trades, IReadOnlyList<ScoreSentinel> sentinel)
    {
        foreach (var total in sentinel.Where(one => one.Name == ScoreSentinel.Total))
        {
            var buckets = trades
                .Where(trade => ScoreScale.Of(trade.Strategy) == total.Scale && ScoreScale.Bucket(trade) is not null)
                .GroupBy(trade => ScoreScale.Bucket(trade)!.Value)
                .OrderBy(bucket => bucket.Key.Order)
                .Select(bucket =>
                {
                    double[] results = [.. bucket.Select(trade => (double)trade.PnlRNet)];
                    var interval = BlockBootstrap.OfMean(results);
                    return new ScoreBucketView(bucket.Key.Label, results.Length, results.Average(), new(interval.Low, interval.High));
                });
            yield return new(total.Scale, total.N, total.RankCorrelation, NameOf(total.Verdict), total.Alert, [.. buckets]);
        }
    }

    private static ExcursionsView ExcursionsOf(PerformancePanel panel) => new(
        Excursions.Levels, panel.Excursions.MfeR, panel.Excursions.MaeR, panel.Excursions.WinnersMaeR, panel.Excursions.LosersMfeR,
        panel.Excursions.EdgeRatio,
        [.. panel.Trades.Reverse().Take(PointsMax).Select(trade => new ExcursionPointView(
            trade.SignalId, trade.MaeR, trade.MfeR, (double)trade.PnlRNet, OutcomeOf(trade)))],
        panel.Trades.Count);

    private static TradeOutcome OutcomeOf(TradeRecord trade) => trade.Outcome switch
    {
        Domain.Reporting.TradeOutcome.Win => TradeOutcome.Win,
        Domain.Reporting.TradeOutcome.BreakEven => TradeOutcome.BreakEven,
        _ => TradeOutcome.Loss,
    };

    private static string NameOf(SentinelVerdict verdict) => JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict.ToString());
}
