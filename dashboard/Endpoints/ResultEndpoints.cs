using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>The account and its results from every side.</summary>
internal static class ResultEndpoints
{
    private const int DaysDefault = 90;
    private const int DaysMax = 3_660;

    public static void Map(IEndpointRouteBuilder routes, DashboardSources sources)
    {
        routes.MapGet("/api/portfolio/detail", () => sources.Results is { } results
            ? Reply.Json(results.PortfolioDetail())
            : Problems.Absent("Details of the account are"))
            .Describe("account", "Equity in money and R, open risk, allocation, clusters, daily results and limits.")
            .Returns<PortfolioDetailView>().Answers(StatusCodes.Status501NotImplemented);
        routes.MapGet("/api/portfolio/export.csv", () => sources.Results is { } results
            ? Csv.File("portfolio.csv", PortfolioCsv.Of(results.PortfolioDetail()))
            : Problems.Absent("Details of the account are"))
            .Describe("account", "Open positions, daily results and the equity curve as a table.")
            .ReturnsMedia(Csv.Media).Answers(StatusCodes.Status501NotImplemented);
        routes.MapGet("/api/performance/detail", (HttpRequest request) =>
        {
            if (sources.Results is not { } results) return Problems.Absent("Details of results are");
            var query = new Query(request, sources.Market);
            var days = query.Number("days", DaysDefault, min: 0, DaysMax);
            return query.Fault ?? Reply.Json(results.PerformanceDetail(days).Honest());
        }).Describe(
            "account", "Results by hour, symbol, side and agreement; calibration, excursions, draw-down, ratios, months.",
            ApiParameter.Whole("days", "market days back from now; 0 = everything", 0, DaysMax, DaysDefault))
            .Returns<PerformanceDetailView>().Answers(StatusCodes.Status501NotImplemented);
    }
}
