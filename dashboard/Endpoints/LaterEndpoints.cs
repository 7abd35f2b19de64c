using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>Routes whose subject is not part of this version: they say so rather than pretend.</summary>
internal static class LaterEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/predictions", () => Later("Predictions come with the model, which is not part of this version"))
            .Describe("later", "Predictions of the model; comes later.", ApiParameter.Symbol with { Required = false })
            .NeverSucceeds().Answers(StatusCodes.Status501NotImplemented);
        routes.MapPost("/api/kill", () => Later("The kill switch comes with live orders, which are not part of this version; nothing is traded"))
            .Describe("later", "Ends all trading; comes later.").NeverSucceeds().Answers(StatusCodes.Status501NotImplemented);
    }

    private static IResult Later(string why) => Problems.Of(StatusCodes.Status501NotImplemented, "Comes later", why);
}
