using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>The exchange's limits, and how long everything takes.</summary>
internal static class LimitEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ILimitsSource? source)
    {
        routes.MapGet("/api/limits", () => source?.Limits() is { } limits ? Reply.Json(limits) : Problems.Absent("An exchange is"))
            .Describe("system", "Request weight by lane, order limits, bans, streams and order books.")
            .Returns<LimitsView>().Answers(StatusCodes.Status501NotImplemented);
        routes.MapGet("/api/latency", () => source is not null ? Reply.Json(source.Latency()) : Problems.Absent("Latencies are"))
            .Describe("system", "How long each leg from the exchange to people takes, and each address of the exchange.")
            .Returns<LatencyView>().Answers(StatusCodes.Status501NotImplemented);
    }
}
