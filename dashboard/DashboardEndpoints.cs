using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>The routes under <c>/api</c> and <c>/health</c>, and the page itself. Each group has its own file.</summary>
internal static class DashboardEndpoints
{
    internal static IEndpointRouteBuilder MapDashboard(
        this IEndpointRouteBuilder routes, DashboardSources sources, DashboardOptions options, AccessGate gate, TimeProvider time)
    {
        SessionEndpoints.Map(routes, gate);
        HealthEndpoints.Map(routes, sources, time);
        MarketEndpoints.Map(routes, sources.Market);
        SignalEndpoints.Map(routes, sources.Market);
        AccountEndpoints.Map(routes, sources.Market);
        OrderBookEndpoints.Map(routes, sources);
        LimitEndpoints.Map(routes, sources.Limits);
        PartEndpoints.Map(routes, sources.Parts);
        DataEndpoints.Map(routes, sources, time);
        ResultEndpoints.Map(routes, sources);
        SignalSearchEndpoints.Map(routes, sources);
        EventEndpoints.Map(routes, sources, options, time);
        SettingsEndpoints.Map(routes, sources.Settings);
        BacktestEndpoints.Map(routes, sources.Backtests);
        LogEndpoints.Map(routes, sources.Logs);
        ChatEndpoints.Map(routes, sources.Chat);
        LaterEndpoints.Map(routes);
        OpenApiEndpoint.Map(routes);
        routes.MapGet("/api/{**rest}", (HttpRequest request) =>
            Problems.NotFound($"There is no {request.Path}", ApiDocs.RoutesOf(routes)));
        PageFiles.Map(routes);
        return routes;
    }
}
