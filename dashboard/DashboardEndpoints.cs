using FuturesBot.Domain.Market;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FuturesBot.Dashboard;

/// <summary>The routes under <c>/api</c> and <c>/health</c>, and the page itself.</summary>
public static class DashboardEndpoints
{
    private const int CandlesDefault = 500;
    private const int RowsDefault = 100;
    private const int DaysMax = 3_660;

    public static IEndpointRouteBuilder MapDashboard(
        this IEndpointRouteBuilder routes, IDashboardSource source, DashboardOptions options, TimeProvider time)
    {
        MapHealth(routes, source, time);
        MapMarket(routes, source);
        MapSignals(routes, source);
        MapAccount(routes, source);
        MapEvents(routes, source, options, time);
        routes.MapGet("/api/{**rest}", (HttpRequest request) =>
            Problems.NotFound($"There is no {request.Path}", ApiRoutes));
        PageFiles.Map(routes);
        return routes;
    }

    private const string ApiRoutes =
        "/api/status, /api/symbols, /api/candles, /api/indicators, /api/zones, /api/signals, /api/signals/{id}, "
        + "/api/why, /api/regimes, /api/refusals, /api/performance, /api/portfolio, /api/journal, /api/events";

    private static void MapHealth(IEndpointRouteBuilder routes, IDashboardSource source, TimeProvider time)
    {
        routes.MapGet("/health/live", () => Json(new { status = "live" }));
        routes.MapGet("/health/ready", () => source.Status() is { Ready: true }
            ? Json(new { status = "ready" })
            : Problems.Of(
                StatusCodes.Status503ServiceUnavailable, "Not ready", "The past market days are still being lived through"));
        routes.MapGet("/api/status", () =>
            Json(new StatusReply(source.Status(), time.GetUtcNow().ToUnixTimeMilliseconds())));
    }

    private static void MapMarket(IEndpointRouteBuilder routes, IDashboardSource source)
    {
        routes.MapGet("/api/symbols", () => Json(source.Symbols()));
        routes.MapGet("/api/regimes", () => Json(source.Regimes()));
        routes.MapGet("/api/candles", (HttpRequest request) =>
        {
            var query = new Query(request, source);
            var (symbol, frame, limit) = (query.Symbol(), query.Frame(), query.Limit(CandlesDefault));
            return query.Fault ?? Json(source.Candles(symbol, frame, limit).Select(c => CandleView.From(c)));
        });
        routes.MapGet("/api/indicators", (HttpRequest request) =>
        {
            var query = new Query(request, source);
            var (symbol, frame, limit) = (query.Symbol(), query.Frame(), query.Limit(CandlesDefault));
            return query.Fault ?? Json(source.Indicators(symbol, frame, limit));
        });
        routes.MapGet("/api/zones", (HttpRequest request) =>
        {
            var query = new Query(request, source);
            var (symbol, frame) = (query.Symbol(), query.Frame());
            return query.Fault ?? Json(source.Zones(symbol, frame));
        });
        routes.MapGet("/api/why", (HttpRequest request) =>
        {
            var query = new Query(request, source);
            var symbol = query.Symbol();
            return query.Fault ?? Json(source.Why(symbol));
        });
    }

    private static void MapSignals(IEndpointRouteBuilder routes, IDashboardSource source)
    {
        routes.MapGet("/api/signals", (HttpRequest request) =>
        {
            var query = new Query(request, source);
            var (group, limit) = (query.Group(), query.Limit(RowsDefault));
            if (query.Fault is not null) return query.Fault;
            return Json(group is { } one
                ? source.Signals(one, limit)
                : [.. source.Signals(SignalGroup.Open, limit).Concat(source.Signals(SignalGroup.Closed, limit)).Take(limit)]);
        });
        routes.MapGet("/api/signals/{id}", (string id) => source.Signal(id) is { } detail
            ? Json(detail)
            : Problems.NotFound($"No signal has the id '{id}'; /api/signals lists them"));
        routes.MapGet("/api/refusals", () => Json(source.Refusals()));
    }

    private static void MapAccount(IEndpointRouteBuilder routes, IDashboardSource source)
    {
        routes.MapGet("/api/performance", (HttpRequest request) =>
        {
            var query = new Query(request, source);
            var days = query.Number("days", otherwise: 90, min: 0, DaysMax);
            return query.Fault ?? Json(Honest(source.Performance(days)));
        });
        routes.MapGet("/api/portfolio", () => Json(source.Portfolio()));
        routes.MapGet("/api/journal", (HttpRequest request) =>
        {
            var query = new Query(request, source);
            var limit = query.Limit(RowsDefault);
            return query.Fault ?? Json(source.Journal(limit));
        });
    }

    /// <summary>No rate below ten trades leaves this process, whatever the source says (spec 2.19).</summary>
    private static PerformanceView Honest(PerformanceView view) => view with
    {
        All = view.All.Honest(),
        ByStrategy = [.. view.ByStrategy.Select(s => s.Honest())],
        ByRegime = [.. view.ByRegime.Select(s => s.Honest())],
        ByScore = [.. view.ByScore.Select(s => s.Honest())],
    };

    private static void MapEvents(
        IEndpointRouteBuilder routes, IDashboardSource source, DashboardOptions options, TimeProvider time)
    {
        var open = 0;
        routes.MapGet("/api/events", async (HttpContext context) =>
        {
            var query = new Query(context.Request, source);
            Symbol? symbol = context.Request.Query.ContainsKey("symbol") ? query.Symbol() : null;
            var frame = query.Frame();
            if (query.Fault is not null)
            {
                await query.Fault.ExecuteAsync(context);
                return;
            }

            if (Interlocked.Increment(ref open) > options.StreamsMax)
            {
                Interlocked.Decrement(ref open);
                await Problems.Of(
                    StatusCodes.Status503ServiceUnavailable,
                    "Too many streams",
                    $"{options.StreamsMax} pages are open; close one").ExecuteAsync(context);
                return;
            }

            try
            {
                await Stream(context, new(source, options, time, symbol, frame));
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        });
    }

    private static async Task Stream(HttpContext context, EventStream stream)
    {
        var lifetime = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        var last = context.Request.Headers["Last-Event-ID"].ToString();
        if (last.Length == 0) last = context.Request.Query["last_event_id"].ToString();
        try
        {
            await stream.Write(context.Response, last, ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The page went away or the host stops: the end of every stream.
        }
    }

    private static IResult Json<T>(T value) => Results.Json(value, DashboardJson.Options);
}
