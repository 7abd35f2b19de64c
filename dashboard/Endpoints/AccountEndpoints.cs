using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>The account: results, positions, what happened.</summary>
internal static class AccountEndpoints
{
    private const int RowsDefault = 100;
    private const int DaysDefault = 90;
    private const int DaysMax = 3_660;

    public static void Map(IEndpointRouteBuilder routes, IDashboardSource source)
    {
        routes.MapGet("/api/performance", (HttpRequest request) =>
        {
            var query = new Query(request, source);
            var days = query.Number("days", DaysDefault, min: 0, DaysMax);
            return query.Fault ?? Reply.Json(Honest(source.Performance(days)));
        }).Describe(
            "account", "Statistics of the closed trades, with intervals.",
            ApiParameter.Whole("days", "market days back from now; 0 = everything", 0, DaysMax, DaysDefault))
            .Returns<PerformanceView>();
        routes.MapGet("/api/portfolio", () => Reply.Json(source.Portfolio()))
            .Describe("account", "Equity, open risk and positions on paper.").Returns<PortfolioView>();
        routes.MapGet("/api/journal", (HttpRequest request) =>
        {
            var query = new Query(request, source);
            var limit = query.Limit(RowsDefault);
            return query.Fault ?? Reply.Json(source.Journal(limit));
        }).Describe("account", "What happened, newest first.", ApiParameter.Limit(RowsDefault))
            .Returns<IReadOnlyList<JournalView>>();
    }

    /// <summary>No rate below ten trades leaves this process, whatever the source says (spec 2.19).</summary>
    private static PerformanceView Honest(PerformanceView view) => view with
    {
        All = view.All.Honest(),
        ByStrategy = [.. view.ByStrategy.Select(s => s.Honest())],
        ByRegime = [.. view.ByRegime.Select(s => s.Honest())],
        ByScore = [.. view.ByScore.Select(s => s.Honest())],
    };
}
