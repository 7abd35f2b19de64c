using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>Parts of the system that run elsewhere: signs of life, and messages that they could not take in.</summary>
internal static class PartEndpoints
{
    private const int PoisonDefault = 50;
    private const int PoisonMax = 200;

    public static void Map(IEndpointRouteBuilder routes, IPartsSource? source)
    {
        var group = routes.GroupOf(source, "Parts that run elsewhere are");
        group.MapGet("/api/beats", () => Reply.Json(source!.Beats()))
            .Describe("system", "The newest sign of life of each part of the system, and whether the kernel agrees with the page's own.")
            .Returns<IReadOnlyList<BeatView>>();
        group.MapGet("/api/poison", (HttpRequest request) =>
        {
            var query = new PlainQuery(request);
            var limit = query.Number("limit", PoisonDefault, 1, PoisonMax);
            return query.Fault ?? Reply.Json(source!.Poison(limit));
        }).Describe("system", "Messages that could not be taken in, with the reason, the newest first.", ApiParameter.Limit(PoisonDefault, PoisonMax))
            .Returns<IReadOnlyList<PoisonView>>();
        group.MapDelete("/api/poison/{id}", async (string id, HttpContext context) => await source!.RemoveAsync(id, context.RequestAborted)
            ? Results.NoContent()
            : Problems.NotFound($"There is no message {id}; /api/poison lists them"))
            .Describe("system", "Lets go of a message after somebody has looked.", ApiParameter.Path("id", "the message's id"))
            .ReturnsNothing().Answers(StatusCodes.Status404NotFound);
    }
}
