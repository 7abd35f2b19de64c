using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>Routes over a source that a host may lack.</summary>
internal static class SourceGroups
{
    /// <param name="source">Null: every route of the group answers 501 and says why.</param>
    /// <param name="what">Such as "Settings are".</param>
    public static IEndpointRouteBuilder GroupOf(this IEndpointRouteBuilder routes, object? source, string what)
    {
        var group = routes.MapGroup("");
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            if (endpoint.Metadata.OfType<ApiDoc>().LastOrDefault() is { } doc) doc.Problems.Add(StatusCodes.Status501NotImplemented);
        });
        if (source is null) group.AddEndpointFilter((_, _) => ValueTask.FromResult<object?>(Problems.Absent(what)));
        return group;
    }
}
