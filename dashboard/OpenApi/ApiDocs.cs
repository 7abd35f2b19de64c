using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>How routes are described, beside where they are mapped.</summary>
internal static class ApiDocs
{
    /// <param name="route">A route that was just mapped.</param>
    /// <param name="group">Heading under which it stands.</param>
    /// <param name="summary">A sentence.</param>
    /// <param name="parameters">All that it reads from the address and the headers.</param>
    public static IEndpointConventionBuilder Describe(
        this IEndpointConventionBuilder route, string group, string summary, params ApiParameter[] parameters) =>
        route.WithMetadata(new ApiDoc(group, summary, parameters));

    public static IEndpointConventionBuilder Returns<T>(this IEndpointConventionBuilder route, int success = 200) => route.Change(doc =>
    {
        doc.Answer = typeof(T);
        doc.Success = success;
    });

    /// <summary>The answer is no JSON, or none at all.</summary>
    public static IEndpointConventionBuilder ReturnsMedia(this IEndpointConventionBuilder route, string media, int success = 200) =>
        route.Change(doc =>
        {
            doc.AnswerMedia = media;
            doc.Success = success;
        });

    public static IEndpointConventionBuilder Reads<T>(this IEndpointConventionBuilder route) => route.Change(doc => doc.Body = typeof(T));

    /// <summary>Status codes of problem details that only this route gives.</summary>
    public static IEndpointConventionBuilder Answers(this IEndpointConventionBuilder route, params int[] problems) =>
        route.Change(doc => doc.Problems.AddRange(problems));

    /// <summary>Answered before anybody signs in.</summary>
    public static IEndpointConventionBuilder WithoutSignIn(this IEndpointConventionBuilder route) => route.Change(doc => doc.IsOpen = true);

    /// <summary>204 with no body.</summary>
    public static IEndpointConventionBuilder ReturnsNothing(this IEndpointConventionBuilder route) => route.Change(doc => doc.Success = 204);

    /// <summary>It only ever answers with a problem.</summary>
    public static IEndpointConventionBuilder NeverSucceeds(this IEndpointConventionBuilder route) => route.Change(doc => doc.Success = 0);

    /// <summary>Viewers may: it computes, or concerns them alone.</summary>
    public static IEndpointConventionBuilder AlsoForViewers(this IEndpointConventionBuilder route) =>
        route.Change(doc => doc.ChangesNothing = true);

    /// <summary>All described paths, for a message.</summary>
    public static string RoutesOf(IEndpointRouteBuilder routes) => string.Join(", ", routes.DataSources
        .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<ApiDoc>() is not null)
        .Select(endpoint => endpoint.RoutePattern.RawText!)
        .Where(path => path.StartsWith("/api/", StringComparison.Ordinal))
        .Distinct(StringComparer.Ordinal));

    private static IEndpointConventionBuilder Change(this IEndpointConventionBuilder route, Action<ApiDoc> change)
    {
        route.Add(endpoint => change(endpoint.Metadata.OfType<ApiDoc>().LastOrDefault()
            ?? throw new InvalidOperationException($"{endpoint.DisplayName} is not described")));
        return route;
    }
}
