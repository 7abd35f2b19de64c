using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Running;

namespace FuturesBot.Dashboard;

/// <summary>Sums over the account: the same in every host.</summary>
public static class PortfolioDetails
{
    /// <summary>Points of the curve.</summary>
    public const int PointsMax = 5_000;

    /// <summary>Days of the daily results.</summary>
    public const int DaysMax = 400;

    /// <summary>Correlation above which two symbols belong together (spec 2.13).</summary>
    public const double ClusterThreshold = 0.8;

    /// <summary>Span of the returns that are held against each other.</summary>
    public const int ClusterDays = 30;

    /// <summary>Closes of 1h that these returns need.</summary>
    public const int ClusterHours = (ClusterDays * 24) + 1;

    // With fewer hours of 720 a correlation says more than it knows.
    private const int HoursMin = 480;

    private const long DayMs = 86_400_000;
    private const long HourMs = 3_600_000;

    /// <summary>The account after each trade.</summary>
    /// <param name="trades">Time of closing, net R and net money, in the order of closing.</param>
    /// <param name="starting">Balance before the first.</param>
    public static IReadOnlyList<MoneyPointView> Curve(IEnumerable<(long TimeMs, decimal R, decimal Usdt)> trades, decimal starting)
    {
        var (r, usdt) = (0m, starting);
        return
        [
            .. trades.Select(trade => new MoneyPointView(trade.TimeMs, (double)(r += trade.R), usdt += trade.Usdt)).ToArray().TakeLast(PointsMax),
        ];
    }

    /// <summary>Every UTC day from a moment on, oldest first, the newest <see cref="DaysMax"/>.</summary>
    public static IReadOnlyList<DayResultView> Daily(IEnumerable<(long TimeMs, decimal R, decimal Usdt)> trades, long fromMs, long nowMs)
    {
        var days = trades.GroupBy(trade => TimeFrame.D1.OpenOf(trade.TimeMs)).ToDictionary(day => day.Key);
        var first = Math.Max(TimeFrame.D1.OpenOf(fromMs), TimeFrame.D1.OpenOf(nowMs) - ((DaysMax - 1) * DayMs));
        var results = new List<DayResultView>();
        for (var day = first; day <= nowMs; day += DayMs)
        {
            results.Add(days.TryGetValue(day, out var found)
                ? new(day, found.Count(), (double)found.Sum(trade => trade.R), found.Sum(trade => trade.Usdt))
                : new(day, 0, 0, 0));
        }

        return results;
    }

    /// <summary>Open positions by a name, the largest notional first.</summary>
    public static IReadOnlyList<AllocationView> Allocation(
        IEnumerable<PortfolioPosition> positions, Func<PortfolioPosition, string> name, decimal equity) =>
    [
        .. positions.Where(position => !position.Waiting).GroupBy(name, StringComparer.Ordinal).Select(group =>
        {
            var notional = group.Sum(position => position.NotionalUsdt);
            return new AllocationView(
                group.Key, group.Count(), notional, Percent(notional, equity),
                Percent(group.Sum(position => position.RiskUsdt), equity), group.Sum(position => position.NowR));
        }).OrderByDescending(part => part.NotionalUsdt).ThenBy(part => part.Name, StringComparer.Ordinal),
    ];

    /// <summary>Of equity; NaN when there is none.</summary>
    public static double Percent(decimal part, decimal equity) => equity > 0 ? (double)(part / equity * 100) : double.NaN;

    /// <summary>Symbols that move together, from their returns by the hour.</summary>
    /// <param name="hours">Closes of each symbol's hours, oldest first; more than are needed do no harm.</param>
    /// <param name="positions">Open ones.</param>
    /// <param name="equity">For risk in percent.</param>
    /// <param name="nowMs">Market time.</param>
    /// <param name="positionsMax">Of one cluster, as the settings allow.</param>
    public static ClustersView Clusters(
        IReadOnlyList<(Symbol Symbol, IReadOnlyList<HourClose> Hours)> hours, IReadOnlyList<PortfolioPosition> positions, decimal equity,
        long nowMs, int positionsMax)
    {
        var endMs = TimeFrame.H1.OpenOf(nowMs);
        var rows = hours.Select(one => (one.Symbol, Returns: Returns(one.Hours, endMs))).ToArray();
        var ripe = Array.FindAll(rows, row => row.Returns.Count(value => !double.IsNaN(value)) >= HoursMin);
        if (ripe.Length < 2)
        {
            return Of(false, $"{ripe.Length} symbols have {HoursMin} hours of returns in the last {ClusterDays} days; two are needed", []);
        }

        var left = rows.Length - ripe.Length;
        var clusters = CorrelationCluster.Of([.. ripe.Select(row => row.Returns)], ClusterThreshold);
        return Of(
            true, left == 0 ? null : $"{left} symbols with fewer than {HoursMin} hours of returns are left out",
            [.. clusters.Select((cluster, i) =>
            {
                Symbol[] members = [.. cluster.Members.Select(member => ripe[member].Symbol)];
                var open = positions.Where(position => !position.Waiting && members.Contains(position.Symbol)).ToArray();
                return new ClusterView(
                    i + 1, members, cluster.Mean, cluster.Min, open.Length, Percent(open.Sum(position => position.RiskUsdt), equity));
            })]);

        ClustersView Of(bool available, string? reason, IReadOnlyList<ClusterView> found) =>
            new(available, reason, ClusterThreshold, ClusterDays, TimeFrame.H1, found, positionsMax);
    }

    // One place for each hour of the span, so that all symbols' returns stand side by side.
    private static double[] Returns(IReadOnlyList<HourClose> hours, long endMs)
    {
        var returns = new double[ClusterDays * 24];
        Array.Fill(returns, double.NaN);
        for (var i = 1; i < hours.Count; i++)
        {
            var place = returns.Length - ((endMs - hours[i].OpenTimeMs) / HourMs);
            if (place < 0 || place >= returns.Length || hours[i].OpenTimeMs - hours[i - 1].OpenTimeMs != HourMs) continue;
            if (hours[i - 1].Close > 0) returns[place] = (hours[i].Close / hours[i - 1].Close) - 1;
        }

        return returns;
    }
}
