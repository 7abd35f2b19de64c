namespace FuturesBot.Dashboard;

/// <summary>MFE and MAE of the closed trades (spec 2.14).</summary>
/// <param name="Levels">The quantiles in every list below.</param>
/// <param name="EdgeRatio">Mean MFE / |mean MAE|; NaN when nothing went against us.</param>
/// <param name="Points">Newest first, at most 2,000.</param>
/// <param name="PointsTotal">All of them.</param>
public sealed record ExcursionsView(
    IReadOnlyList<double> Levels,
    IReadOnlyList<double> MfeR,
    IReadOnlyList<double> MaeR,
    IReadOnlyList<double> WinnersMaeR,
    IReadOnlyList<double> LosersMfeR,
    double EdgeRatio,
    IReadOnlyList<ExcursionPointView> Points,
    int PointsTotal);
