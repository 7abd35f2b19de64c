using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace FuturesBot.Dashboard;

/// <summary>Errors as RFC 9457 problem details: what was wrong, and what is allowed.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    public static IResult Of(int status, string title, string detail, string? allowed = null)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail, Type = "about:blank" };
        if (allowed is not null) problem.Extensions["allowed"] = allowed;
        return Results.Json(problem, contentType: ContentType, statusCode: status);
    }

    public static IResult BadParameter(string name, string? value, string allowed) =>
        Of(
            StatusCodes.Status400BadRequest,
            $"Parameter '{name}' is not valid",
            value is null ? $"'{name}' is missing; allowed: {allowed}" : $"'{name}' was '{value}'; allowed: {allowed}",
            allowed);

    public static IResult NotFound(string detail, string? allowed = null) =>
        Of(StatusCodes.Status404NotFound, "Not found", detail, allowed);

    /// <summary>This host has no source for the route.</summary>
    /// <param name="what">Such as "Backtests are".</param>
    public static IResult Absent(string what) =>
        Of(StatusCodes.Status501NotImplemented, "Not part of this host", $"{what} not available in this host");

    /// <summary>Several faults, each under the name it belongs to.</summary>
    public static IResult WithErrors(int status, string title, string detail, IReadOnlyDictionary<string, string[]> errors)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail, Type = "about:blank" };
        problem.Extensions["errors"] = errors;
        return Results.Json(problem, contentType: ContentType, statusCode: status);
    }
}
