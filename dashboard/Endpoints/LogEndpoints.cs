using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>The log files.</summary>
internal static class LogEndpoints
{
    private const int LinesDefault = 200;
    private const int LinesMax = 1_000;

    private static readonly string[] Levels = ["debug", "information", "warning", "error"];
    private static readonly string[] Names = ["main", "action-price"];

    public static void Map(IEndpointRouteBuilder routes, ILogSource? logs) =>
        routes.GroupOf(logs, "Logs are").MapGet("/api/logs", (HttpRequest request) =>
        {
            var query = new PlainQuery(request);
            var asked = new LogQuery(
                query.OneOf("log", "main", Names), query.OneOf("level", "information", Levels), query.Text("text"),
                query.Long("since", 0, 253_402_300_799_999), query.Number("limit", LinesDefault, 1, LinesMax));
            return query.Fault ?? Reply.Json(logs!.Read(asked));
        }).Describe(
            "logs", "Lines of the rolling log files, newest first.",
            ApiParameter.OneOf("log", "which log", Names) with { Default = "main" },
            ApiParameter.OneOf("level", "least level", Levels) with { Default = "information" },
            ApiParameter.Query("text", "only lines that hold this"),
            new ApiParameter("since", "query", "only lines at or after this wall time, UTC Unix milliseconds", "integer"),
            ApiParameter.Limit(LinesDefault, LinesMax)).Returns<LogPageView>();
}
