namespace FuturesBot.Dashboard;

/// <summary>The statistics panel (spec 2.19) of the closed trades of the last days.</summary>
/// <param name="Days">0 = everything.</param>
/// <param name="Equity">Net R summed over the closed trades in closing order, starting at 0.</param>
/// <param name="EquityGross">The same before costs; as long as <paramref name="Equity"/>, or empty.</param>
public sealed record PerformanceView(
    int Days,
    StatisticsView All,
    IReadOnlyList<StatisticsView> ByStrategy,
    IReadOnlyList<StatisticsView> ByRegime,
    IReadOnlyList<StatisticsView> ByScore,
    IReadOnlyList<EquityPointView> Equity,
    IReadOnlyList<EquityPointView> EquityGross,
    double MaxDrawdownR,
    double DrawdownNowR);
