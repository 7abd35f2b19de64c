namespace FuturesBot.Dashboard;

/// <summary>The closed trades of the last days from every side (spec 2.14, 2.19).</summary>
/// <param name="Days">0 = everything.</param>
/// <param name="ByHour">Hour of the decision in Europe/Kyiv, <c>00</c>–<c>23</c>; hours without a trade are absent.</param>
/// <param name="ByHourUtc">The same in UTC.</param>
/// <param name="ByConfluence">How many strategies agreed; trades that score themselves are <c>own score</c>.</param>
/// <param name="Signals">All closed signals, those that were only followed included.</param>
/// <param name="Shadowed">Trades that were only followed, because the symbol's position was taken.</param>
/// <param name="Monthly">Oldest first.</param>
public sealed record PerformanceDetailView(
    int Days,
    long FromMs,
    long ToMs,
    StatisticsView All,
    StatisticsView Signals,
    int Shadowed,
    IReadOnlyList<StatisticsView> ByStrategy,
    IReadOnlyList<StatisticsView> ByRegime,
    IReadOnlyList<StatisticsView> ByScore,
    IReadOnlyList<StatisticsView> BySymbol,
    IReadOnlyList<StatisticsView> BySide,
    IReadOnlyList<StatisticsView> ByHour,
    IReadOnlyList<StatisticsView> ByHourUtc,
    IReadOnlyList<StatisticsView> ByConfluence,
    IReadOnlyList<CalibrationView> Calibration,
    IReadOnlyList<ScorePartCheckView> ScoreParts,
    ExcursionsView Excursions,
    DrawdownView Drawdown,
    RatiosView Ratios,
    IReadOnlyList<MonthView> Monthly)
{
    /// <summary>The same without what too few trades cannot say (spec 2.19).</summary>
    public PerformanceDetailView Honest() => this with
    {
        All = All.Honest(),
        Signals = Signals.Honest(),
        ByStrategy = Of(ByStrategy),
        ByRegime = Of(ByRegime),
        ByScore = Of(ByScore),
        BySymbol = Of(BySymbol),
        BySide = Of(BySide),
        ByHour = Of(ByHour),
        ByHourUtc = Of(ByHourUtc),
        ByConfluence = Of(ByConfluence),
        Monthly = [.. Monthly.Select(month => month with { Statistics = month.Statistics.Honest() })],
    };

    private static IReadOnlyList<StatisticsView> Of(IReadOnlyList<StatisticsView> groups) => [.. groups.Select(group => group.Honest())];
}
