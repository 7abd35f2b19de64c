using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>Backtests: start, watch, read, compare, end.</summary>
internal static class BacktestEndpoints
{
    private const int TradesDefault = 200;
    private const int TradesMax = 1_000;
    private const int OffsetMax = 10_000_000;
    private const int ComparedMax = 6;
    private const int NamesMax = 200;

    // Every figure that a rate needs beside it stands in the same table (spec 2.19).
    private static readonly string[] Figures =
    [
        "profile", "data_from", "data_to", "symbols", "candles", "trades", "wins", "break_evens", "losses", "win_rate",
        "win_rate_ci95", "profit_factor_net", "expectancy_r_net", "expectancy_r_net_ci95", "max_drawdown_r", "sharpe",
        "deflated_sharpe", "trials", "candles_per_second", "ledger_hash",
    ];

    // The report carries its script and style in itself. In this sandbox it has an origin of its own: no cookie,
    // no request to us or to anybody.
    private const string ReportPolicy =
        "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly ApiParameter Id = ApiParameter.Path("id", "a run of GET /api/backtests");

    public static void Map(IEndpointRouteBuilder routes, IBacktestSource? backtests)
    {
        var group = routes.GroupOf(backtests, "Backtests are");
        MapQueue(group, backtests!);
        MapResults(group, backtests!);
    }

    private static void MapQueue(IEndpointRouteBuilder group, IBacktestSource backtests)
    {
        group.MapGet("/api/backtests", async (CancellationToken cancel) =>
        {
            await backtests.PrepareAsync(id: null, cancel);
            return Reply.Json(backtests.List());
        })
            .Describe("backtests", "Every run with state, progress and time left, newest first.")
            .Returns<IReadOnlyList<BacktestView>>();
        group.MapGet("/api/backtests/data", () => Reply.Json(backtests.Data()))
            .Describe("backtests", "Folders, symbols and spans that can be run on.").Returns<BacktestDataView>();
        group.MapPost("/api/backtests", async (HttpContext context) =>
        {
            if (backtests.ElsewhereReason is { } why) return NotHere(why);
            var (order, fault) = await Body.Read<BacktestOrder>(context.Request);
            if (order is null) return fault!;
            if (order.Symbols is null || order.Strategies is null || order.Overrides is null || order.Data is null || order.Ledger is null
                || order.Symbols.Count > NamesMax || order.Strategies.Count > NamesMax || order.Overrides.Count > NamesMax)
                return Problems.Of(StatusCodes.Status400BadRequest, "The order cannot be read", $"Lists hold at most {NamesMax} entries, and none is null");
            Audit.Note(context, from: null, order with { Overrides = new Dictionary<string, JsonElement>() });
            switch (backtests.Start(order, DashboardUser.Of(context)!.Name))
            {
                case BacktestStart.Queued queued:
                    Audit.Note(context, from: null, new { queued.Run.Id, queued.Run.Order });
                    context.Response.Headers.Location = $"/api/backtests/{queued.Run.Id}";
                    return Reply.Json(queued.Run, StatusCodes.Status202Accepted);
                case BacktestStart.BadFolder bad:
                    return Problems.Of(
                        StatusCodes.Status400BadRequest, "The folder is not allowed", bad.Why,
                        "a folder below the data root, without links; GET /api/backtests/data lists them");
                case BacktestStart.Refused refused:
                    return Problems.WithErrors(
                        StatusCodes.Status422UnprocessableEntity, "The order is not allowed", "Nothing was started", refused.Faults);
                case BacktestStart.Full full:
                    context.Response.Headers.RetryAfter = "30";
                    return Problems.Of(
                        StatusCodes.Status429TooManyRequests, "The queue is full",
                        $"One run works and {full.WaitingMax} wait; end one, or try again later");
                case var other:
                    throw new InvalidOperationException($"{other.GetType().Name} has no answer");
            }
        }).Describe("backtests", "Puts a run into the queue; one works at a time, at low priority.").Reads<BacktestOrder>()
            .Returns<BacktestView>(StatusCodes.Status202Accepted)
            .Answers(StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status429TooManyRequests);
        group.MapDelete("/api/backtests/{id}", (string id, HttpContext context) =>
        {
            if (backtests.ElsewhereReason is { } why) return NotHere(why);
            if (backtests.Find(id) is { } before) Audit.Note(context, before.State, "removed");
            return backtests.Remove(id) is { } run ? Reply.Json(run) : NoRun(id);
        }).Describe("backtests", "Ends a run that waits or works; removes one that is over.", Id).Returns<BacktestView>()
            .Answers(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
    }

    private static void MapResults(IEndpointRouteBuilder group, IBacktestSource backtests)
    {
        group.MapGet("/api/backtests/{id}", async (string id, CancellationToken cancel) =>
        {
            await backtests.PrepareAsync(id: null, cancel);
            return backtests.Find(id) is { } run ? Reply.Json(run) : NoRun(id);
        })
            .Describe("backtests", "One run.", Id).Returns<BacktestView>().Answers(StatusCodes.Status404NotFound);
        group.MapGet("/api/backtests/{id}/summary", async (string id, CancellationToken cancel) =>
        {
            await backtests.PrepareAsync(id, cancel);
            return backtests.Summary(id) is { } summary ? Reply.Json(summary) : NoResult(backtests, id);
        })
            .Describe("backtests", "The statistics of a finished run, as summary.json holds them.", Id)
            .Returns<JsonElement>().Answers(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        group.MapGet("/api/backtests/{id}/trades", async (string id, HttpRequest request, CancellationToken cancel) =>
        {
            var query = new PlainQuery(request);
            var (offset, limit) = (query.Number("offset", 0, 0, OffsetMax), query.Number("limit", TradesDefault, 1, TradesMax));
            if (query.Fault is not null) return query.Fault;
            await backtests.PrepareAsync(id, cancel);
            return backtests.Trades(id, offset, limit) is { } trades ? Reply.Json(trades) : NoResult(backtests, id);
        }).Describe(
            "backtests", "Closed trades of a finished run, page by page.", Id,
            ApiParameter.Whole("offset", "trades to leave out", 0, OffsetMax, 0), ApiParameter.Limit(TradesDefault, TradesMax))
            .Returns<BacktestTradesView>().Answers(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        group.MapGet("/api/backtests/{id}/report", (string id, HttpResponse response) =>
        {
            if (backtests.OpenReport(id) is not { } report) return NoResult(backtests, id);
            response.Headers.ContentSecurityPolicy = ReportPolicy;
            return Results.Stream(report, "text/html; charset=utf-8");
        }).Describe("backtests", "The report of a finished run, for a tab of its own.", Id).ReturnsMedia("text/html")
            .Answers(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        group.MapGet("/api/backtests/compare", (HttpRequest request, CancellationToken cancel) => Compare(new PlainQuery(request), backtests, cancel))
            .Describe(
                "backtests", "Finished runs side by side.",
                ApiParameter.Query("ids", $"2 to {ComparedMax} runs, separated by commas") with { Required = true })
            .Returns<BacktestComparisonView>().Answers(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> Compare(PlainQuery query, IBacktestSource backtests, CancellationToken cancel)
    {
        var text = query.Text("ids");
        if (query.Fault is not null) return query.Fault;
        string[] ids = text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (ids.Length is < 2 or > ComparedMax) return Problems.BadParameter("ids", text, $"2 to {ComparedMax} runs, separated by commas");
        var runs = new List<BacktestView>();
        var summaries = new List<JsonElement>();
        foreach (var id in ids)
        {
            await backtests.PrepareAsync(id, cancel);
            if (backtests.Find(id) is not { } run) return NoRun(id);
            if (backtests.Summary(id) is not { } summary) return NoResult(backtests, id);
            runs.Add(run);
            summaries.Add(summary);
        }

        return Reply.Json(new BacktestComparisonView(runs, [.. Figures.Select(figure => new BacktestComparisonView.Row(
            figure, [.. summaries.Select(summary => summary.TryGetProperty(figure, out var value) ? value : (JsonElement?)null)]))]));
    }

    private static IResult NotHere(string why) =>
        Problems.Of(StatusCodes.Status409Conflict, "Backtests are not started or ended here", why);

    private static IResult NoRun(string id) =>
        Problems.NotFound($"No run has the id '{(id.Length > 60 ? id[..60] : id)}'; /api/backtests lists them");

    private static IResult NoResult(IBacktestSource backtests, string id) => backtests.Find(id) is { } run
        ? Problems.Of(
            StatusCodes.Status409Conflict, "There is no result",
            $"Run {run.Id} is {JsonNamingPolicy.SnakeCaseLower.ConvertName(run.State.ToString())}{(run.Error is null ? "" : $": {run.Error}")}")
        : NoRun(id);
}
