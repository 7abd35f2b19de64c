namespace FuturesBot.Dashboard;

/// <summary>The account with all that stands behind its figures.</summary>
/// <param name="Curve">After each closed trade of the account, oldest first, at most the newest 5,000.</param>
/// <param name="Daily">Every UTC day since the first decision, oldest first, at most 400; days without a trade are 0 trades.</param>
public sealed record PortfolioDetailView(
    PortfolioView Now,
    IReadOnlyList<MoneyPointView> Curve,
    IReadOnlyList<OpenPositionView> Positions,
    IReadOnlyList<AllocationView> BySymbol,
    IReadOnlyList<AllocationView> ByStrategy,
    IReadOnlyList<AllocationView> BySide,
    ClustersView Clusters,
    IReadOnlyList<DayResultView> Daily,
    IReadOnlyList<PortfolioLimitView> Limits);
