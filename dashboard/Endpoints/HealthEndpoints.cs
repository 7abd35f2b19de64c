using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>Whether the process lives, whether it is ready, and what it is doing.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, DashboardSources sources, TimeProvider time)
    {
        var source = sources.Market;
        routes.MapGet("/health/live", () => Reply.Json(new { status = "live" }))
            .Describe("health", "The process answers.").WithoutSignIn();
        routes.MapGet("/health/ready", () => (sources.Readiness?.Invoke() ?? Of(source.Status())) is var now && now.IsReady
            ? Reply.Json(new { status = now.Status })
            : Problems.Of(StatusCodes.Status503ServiceUnavailable, "Not ready", now.Reason))
            .Describe("health", "The market is followed (ready), or could be at once (standby); 503 with the reason otherwise.").WithoutSignIn()
            .Answers(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/api/status", () =>
            Reply.Json(new StatusReply(source.Status(), sources.Absent, time.GetUtcNow().ToUnixTimeMilliseconds())))
            .Describe("health", "Mode, clocks and health of the running system, and which groups of routes this host lacks.").Returns<StatusReply>();
    }

    private static ReadinessView Of(StatusView status) => new(
        status.Ready, status.Ready ? "ready" : "loading", status.Ready ? "" : "The past market days are still being lived through");
}
