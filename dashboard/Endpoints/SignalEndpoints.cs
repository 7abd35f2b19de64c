using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>Signals and what was refused.</summary>
internal static class SignalEndpoints
{
    private const int RowsDefault = 100;

    public static void Map(IEndpointRouteBuilder routes, IDashboardSource source)
    {
        routes.MapGet("/api/signals", (HttpRequest request) =>
        {
            var query = new Query(request, source);
            var (group, limit) = (query.Group(), query.Limit(RowsDefault));
            if (query.Fault is not null) return query.Fault;
            return Reply.Json(group is { } one
                ? source.Signals(one, limit)
                : [.. source.Signals(SignalGroup.Open, limit).Concat(source.Signals(SignalGroup.Closed, limit)).Take(limit)]);
        }).Describe(
            "signals", "Signals, newest first; open ones before closed ones.",
            ApiParameter.OneOf("state", "which ones; both when left out", "open", "closed"), ApiParameter.Limit(RowsDefault))
            .Returns<IReadOnlyList<SignalView>>();
        routes.MapGet("/api/signals/{id}", (string id) => source.Signal(id) is { } detail
            ? Reply.Json(detail)
            : Problems.NotFound($"No signal has the id '{id}'; /api/signals lists them"))
            .Describe("signals", "One signal with score parts, predicates and life.", ApiParameter.Path("id", "the signal's id"))
            .Returns<SignalDetailView>().Answers(StatusCodes.Status404NotFound);
        routes.MapGet("/api/refusals", () => Reply.Json(source.Refusals()))
            .Describe("signals", "What was refused, by reason.").Returns<RefusalsView>();
    }
}
