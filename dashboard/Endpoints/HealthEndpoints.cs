using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>Whether the process lives, whether it is ready, and what it is doing.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, IDashboardSource source, TimeProvider time)
    {
        routes.MapGet("/health/live", () => Reply.Json(new { status = "live" }))
            .Describe("health", "The process answers.").WithoutSignIn();
        routes.MapGet("/health/ready", () => source.Status() is { Ready: true }
            ? Reply.Json(new { status = "ready" })
            : Problems.Of(
                StatusCodes.Status503ServiceUnavailable, "Not ready", "The past market days are still being lived through"))
            .Describe("health", "The market is followed; 503 while the past is still loaded.").WithoutSignIn()
            .Answers(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/api/status", () =>
            Reply.Json(new StatusReply(source.Status(), time.GetUtcNow().ToUnixTimeMilliseconds())))
            .Describe("health", "Mode, clocks and health of the running system.").Returns<StatusReply>();
    }
}
