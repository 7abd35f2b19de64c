using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>Symbols that move together.</summary>
/// <param name="Available">False while there are too few candles.</param>
/// <param name="Reason">Why it is unavailable, or which symbols are left out; null when there is nothing to say.</param>
/// <param name="Threshold">Correlation above which two symbols belong together.</param>
/// <param name="Days">Span of the returns.</param>
/// <param name="Timeframe">Of the returns.</param>
/// <param name="Clusters">Of two symbols or more, the largest first.</param>
/// <param name="PositionsMax">Positions of one cluster that the settings allow.</param>
public sealed record ClustersView(
    bool Available,
    string? Reason,
    double Threshold,
    int Days,
    TimeFrame Timeframe,
    IReadOnlyList<ClusterView> Clusters,
    int PositionsMax);
