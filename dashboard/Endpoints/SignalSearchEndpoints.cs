using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>Searching signals and what did not become one, exporting them, and living through one again.</summary>
internal static class SignalSearchEndpoints
{
    private const int RowsDefault = 100;
    private const int OffsetMax = 1_000_000;
    private const int ExportMax = 5_000;
    private const int BarsBeforeDefault = 100;
    private const int BarsBeforeMax = 200;

    private static readonly ApiParameter[] Paging =
    [
        ApiParameter.Limit(RowsDefault), ApiParameter.Whole("offset", "rows left out before the first", 0, OffsetMax, 0),
    ];

    private static readonly ApiParameter[] Sorting =
    [
        ApiParameter.OneOf("sort", "by what; time of the decision when left out", SignalFilter.Sorts),
        ApiParameter.OneOf("order", "desc when left out", "asc", "desc"),
    ];

    public static void Map(IEndpointRouteBuilder routes, DashboardSources sources)
    {
        routes.MapGet("/api/signals/search", (HttpRequest request) =>
        {
            var query = new Query(request, sources.Market);
            var (limit, offset) = (query.Limit(RowsDefault), query.Number("offset", otherwise: 0, min: 0, OffsetMax));
            var found = Find(query, request, sources.Market);
            return query.Fault ?? Reply.Json(new RowsView<SignalView>(found.Length, offset, limit, [.. found.Skip(offset).Take(limit)]));
        }).Describe("signals", "Signals that pass a filter, sorted, a page at a time.", [.. SignalFilter.Parameters, .. Sorting, .. Paging])
            .Returns<RowsView<SignalView>>();
        routes.MapGet("/api/signals/export.csv", (HttpRequest request) =>
        {
            var query = new Query(request, sources.Market);
            var found = Find(query, request, sources.Market);
            return query.Fault ?? Csv.File("signals.csv", SignalCsv.Of(found.Take(ExportMax)));
        }).Describe("signals", $"Signals that pass a filter as a table, at most {ExportMax} rows.", [.. SignalFilter.Parameters, .. Sorting])
            .ReturnsMedia(Csv.Media);
        routes.MapGet("/api/refusals/search", (HttpRequest request) =>
        {
            if (sources.Archive is not { } archive) return Problems.Absent("Rows of refusals are");
            var query = new Query(request, sources.Market);
            var (limit, offset) = (query.Limit(RowsDefault), query.Number("offset", otherwise: 0, min: 0, OffsetMax));
            var (kind, filter) = (query.OneOf("kind", "refused", "near_miss"), SignalFilter.Read(query, request));
            var reason = query.Words("reason");
            if (query.Fault is not null) return query.Fault;
            WhyNotView[] found =
            [
                .. archive.WhyNot().Where(row =>
                    (kind is null || kind == row.Kind)
                    && (reason is null || string.Equals(reason, row.Reason, StringComparison.OrdinalIgnoreCase))
                    && filter.Passes(row)),
            ];
            return Reply.Json(new RowsView<WhyNotView>(found.Length, offset, limit, [.. found.Skip(offset).Take(limit)]));
        }).Describe(
            "signals", "Refusals and near misses, newest first, a page at a time.",
            [
                ApiParameter.OneOf("kind", "both when left out", "refused", "near_miss"),
                ApiParameter.Query("reason", "name of the refusal or of the check"), .. SignalFilter.Parameters, .. Paging,
            ]).Returns<RowsView<WhyNotView>>().Answers(StatusCodes.Status501NotImplemented);
        routes.MapGet("/api/signals/{id}/replay", async (string id, HttpContext context) =>
        {
            if (sources.Archive is not { } archive) return Problems.Absent("Replays are");
            var query = new Query(context.Request, sources.Market);
            var before = query.Number("before", BarsBeforeDefault, min: 1, BarsBeforeMax);
            if (query.Fault is not null) return query.Fault;
            return await archive.ReplayAsync(id, before, context.RequestAborted) is { } replay
                ? Reply.Json(replay)
                : Problems.NotFound($"No signal has the id '{id}'; /api/signals lists them");
        }).Describe(
            "signals", "A signal bar by bar, with what was known at each close; at most 300 candles.",
            ApiParameter.Path("id", "the signal's id"),
            ApiParameter.Whole("before", "candles before the deciding one", 1, BarsBeforeMax, BarsBeforeDefault))
            .Returns<ReplayView>().Answers(StatusCodes.Status404NotFound, StatusCodes.Status501NotImplemented);
    }

    private static SignalView[] Find(Query query, HttpRequest request, IDashboardSource source)
    {
        var filter = SignalFilter.Read(query, request);
        var (sort, order) = (query.OneOf("sort", SignalFilter.Sorts), query.OneOf("order", "asc", "desc"));
        if (query.Fault is not null) return [];
        var all = source.Signals(SignalGroup.Open, int.MaxValue).Concat(source.Signals(SignalGroup.Closed, int.MaxValue));
        return [.. SignalFilter.Sort(all.Where(filter.Passes), sort, order == "asc")];
    }
}
