using Microsoft.AspNetCore.Http;

namespace FuturesBot.Dashboard;

/// <summary>Answers that are no errors.</summary>
internal static class Reply
{
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, DashboardJson.Options, statusCode: status);
}
