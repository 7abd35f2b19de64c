using FuturesBot.Domain.Market;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FuturesBot.Dashboard;

/// <summary>The stream of news.</summary>
internal static class EventEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, DashboardSources sources, DashboardOptions options, TimeProvider time)
    {
        var source = sources.Market;
        var open = 0;
        routes.MapGet("/api/events", async (HttpContext context) =>
        {
            var query = new Query(context.Request, source);
            Symbol? symbol = context.Request.Query.ContainsKey("symbol") ? query.Symbol() : null;
            var frame = query.Frame();
            var levels = query.Number("book", otherwise: 0, min: 1, OrderBookEndpoints.LevelsMax);
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
                await Stream(context, new(source, options, time, symbol, frame)
                {
                    Books = levels > 0 ? sources.Books : null,
                    BookLevels = levels,
                    Chat = sources.Chat,
                });
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        }).Describe(
            "events", "News as server-sent events, with heartbeats; goes on after Last-Event-ID.",
            ApiParameter.Symbol with { Required = false }, ApiParameter.Frame,
            ApiParameter.Whole("book", "levels of the symbol's order book, sent as it changes; none when left out", 1, OrderBookEndpoints.LevelsMax),
            ApiParameter.Query("last_event_id", "where to go on, for clients that cannot set the header"))
            .ReturnsMedia("text/event-stream").Answers(StatusCodes.Status503ServiceUnavailable);
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
}
