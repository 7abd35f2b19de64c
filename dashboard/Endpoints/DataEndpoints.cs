using System.Globalization;
using System.Text.Json;
using FuturesBot.Domain.Market;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>Stored candles: what is there, what is missing, and what brings in more; and the followed symbols.</summary>
internal static class DataEndpoints
{
    private const int DaysDefault = 30;
    private const int DaysMax = 400;
    private const int SymbolsMax = 50;
    private const string Frames = "1m, 5m, 15m, 1h, 4h, 1d";

    public static void Map(IEndpointRouteBuilder routes, DashboardSources sources, TimeProvider time)
    {
        var data = sources.Data;
        routes.MapGet("/api/data", async (HttpContext context) => data is null
            ? Problems.Absent("Stored candles are")
            : Reply.Json(await data.DataAsync(context.RequestAborted)))
            .Describe("data", "Completeness, gaps and warm-up of every symbol, and what cannot signal.")
            .Returns<DataView>().Answers(StatusCodes.Status501NotImplemented);
        routes.MapGet("/api/data/heat", async (HttpContext context) =>
        {
            if (data is null) return Problems.Absent("Stored candles are");
            var query = new Query(context.Request, sources.Market);
            var (days, frame) = (query.Number("days", DaysDefault, min: 1, DaysMax), query.Frame());
            return query.Fault ?? Reply.Json(await data.HeatAsync(days, frame, context.RequestAborted));
        }).Describe(
            "data", "Completeness day by day.",
            ApiParameter.Whole("days", "UTC days back from now", 1, DaysMax, DaysDefault), ApiParameter.Frame)
            .Returns<HeatView>().Answers(StatusCodes.Status501NotImplemented);
        MapJobs(routes, data, time);
        MapSymbols(routes, data);
    }

    private static void MapJobs(IEndpointRouteBuilder routes, IDataSource? data, TimeProvider time)
    {
        routes.MapGet("/api/data/jobs", () => data is null ? Problems.Absent("Stored candles are") : Reply.Json(data.Jobs()))
            .Describe("data", "Repairs and downloads: those that wait or run, and the last that ended.")
            .Returns<IReadOnlyList<DataJobView>>().Answers(StatusCodes.Status501NotImplemented);
        routes.MapPost("/api/data/repair", (HttpRequest request) => QueueAsync(request, data, isRepair: true, time))
            .Describe("data", "Asks the exchange for the missing candles of one series.")
            .Reads<DataRequestBody>().Returns<DataJobView>(StatusCodes.Status202Accepted)
            .Answers(StatusCodes.Status429TooManyRequests, StatusCodes.Status501NotImplemented);
        routes.MapPost("/api/data/download", (HttpRequest request) => QueueAsync(request, data, isRepair: false, time))
            .Describe("data", "Brings candles of the past into the store.")
            .Reads<DataRequestBody>().Returns<DataJobView>(StatusCodes.Status202Accepted)
            .Answers(StatusCodes.Status429TooManyRequests, StatusCodes.Status501NotImplemented);
        routes.MapDelete("/api/data/jobs/{job:long}", (long job) => data is null
            ? Problems.Absent("Stored candles are")
            : data.TryCancel(job)
                ? Results.NoContent()
                : Problems.NotFound($"No job {job} waits or runs; /api/data/jobs lists them"))
            .Describe("data", "Ends a job; what was stored stays.", ApiParameter.Path("job", "the job's number"))
            .ReturnsNothing().Answers(StatusCodes.Status404NotFound, StatusCodes.Status501NotImplemented);
    }

    private static void MapSymbols(IEndpointRouteBuilder routes, IDataSource? data)
    {
        routes.MapPost("/api/symbols", async (HttpContext context) =>
        {
            if (data is null) return Problems.Absent("Symbols by hand are");
            var (body, fault) = await Body.Read<SymbolBody>(context.Request);
            if (fault is not null) return fault;
            Audit.Note(context, from: null, $"follow {body!.Symbol}");
            return Symbol.TryParse(body.Symbol, out var symbol)
                ? Reply.Json(await data.AddAsync(symbol, context.RequestAborted))
                : Problems.BadParameter("symbol", body.Symbol, "the exchange's name of a contract, such as BTCUSDT");
        }).Describe("data", "Follows a symbol whatever its volume.").Reads<SymbolBody>().Returns<SymbolChangeView>()
            .Answers(StatusCodes.Status501NotImplemented);
        routes.MapDelete("/api/symbols/{symbol}", async (string symbol, HttpContext context) =>
        {
            if (data is null) return Problems.Absent("Symbols by hand are");
            Audit.Note(context, symbol, "follow no longer");
            return Symbol.TryParse(symbol, out var known)
                ? Reply.Json(await data.RemoveAsync(known, context.RequestAborted))
                : Problems.BadParameter("symbol", symbol, "the exchange's name of a contract, such as BTCUSDT");
        }).Describe(
            "data", "Follows a symbol no longer; what is open is followed to its end.", ApiParameter.Path("symbol", "such as BTCUSDT"))
            .Returns<SymbolChangeView>().Answers(StatusCodes.Status501NotImplemented);
    }

    private static async Task<IResult> QueueAsync(HttpRequest http, IDataSource? data, bool isRepair, TimeProvider time)
    {
        if (data is null) return Problems.Absent("Stored candles are");
        var (body, fault) = await Body.Read<DataRequestBody>(http);
        if (fault is not null) return fault;
        if (Read(body!, isRepair, time, out var request) is { } wrong) return wrong;
        Audit.Note(http.HttpContext, from: null, request);
        if (data.TryQueue(request!, out var denied) is { } job) return Reply.Json(job, StatusCodes.Status202Accepted);
        return Problems.Of(denied!.Status, "Not taken", denied.Detail, denied.Allowed);
    }

    private static IResult? Read(DataRequestBody body, bool isRepair, TimeProvider time, out DataRequest? request)
    {
        request = null;
        var names = isRepair ? (body.Symbol is null ? [] : [body.Symbol]) : body.Symbols ?? [];
        var codes = isRepair ? (body.Timeframe is null ? [] : [body.Timeframe]) : body.Timeframes ?? [];
        var (symbolName, frameName) = isRepair ? ("symbol", "timeframe") : ("symbols", "timeframes");
        if (names.Count is 0 or > SymbolsMax)
            return Problems.BadParameter(symbolName, names.Count == 0 ? null : $"{names.Count} names", isRepair ? "one symbol" : $"1 to {SymbolsMax} symbols");
        foreach (var name in names)
        {
            if (!Symbol.TryParse(name, out _)) return Problems.BadParameter(symbolName, name, "the exchange's name of a contract, such as BTCUSDT");
        }

        if (codes.Count == 0) return Problems.BadParameter(frameName, null, Frames);
        foreach (var code in codes)
        {
            if (!TimeFrames.TryParse(code, out _)) return Problems.BadParameter(frameName, code, Frames);
        }

        const string Times = "UTC as \"2026-11-20T12:00:00Z\" or as Unix milliseconds";
        if (TimeOf(body.From) is not { } from) return Problems.BadParameter("from", TextOf(body.From), Times);
        var hasTo = body.To.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
        if ((hasTo ? TimeOf(body.To) : time.GetUtcNow().ToUnixTimeMilliseconds()) is not { } to)
            return Problems.BadParameter("to", TextOf(body.To), Times);
        if (from >= to) return Problems.BadParameter("from", TextOf(body.From), "a time before 'to'");
        request = new(
            isRepair, [.. names.Select(Symbol.Parse).Distinct()], [.. codes.Select(TimeFrames.Parse).Distinct().Order()], from, to);
        return null;
    }

    private static long? TimeOf(JsonElement value)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out var ms) && ms >= 0 => ms,
            JsonValueKind.String when DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, Utc, out var at) =>
                at.ToUnixTimeMilliseconds(),
            _ => null,
        };
    }

    private static string? TextOf(JsonElement value) =>
        value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : value.ToString();
}
