using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>The description of the interface, made from what the routes say of themselves.</summary>
internal static class OpenApiEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        byte[]? document = null;   // routes do not change once the server runs
        routes.MapGet("/api/openapi.json", () =>
                Results.Bytes(document ??= new OpenApiDocument(routes).ToUtf8(), "application/json"))
            .Describe("description", "This description, in OpenAPI 3.1.");
    }
}
