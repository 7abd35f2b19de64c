using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Limits;
using FuturesBot.Simulator.Market;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Simulator.Wire;

/// <summary>
/// <c>/sim/…</c>, for tests and people, on loopback only: what goes wrong is switched and the truth is told. No limit counts it.
/// </summary>
internal sealed class ControlDoor(
    ExchangeTruth truth, VisionArchive archive, FaultControl faults, StreamHub hub, AddressLimits addresses, MarketClock clock,
    ExchangeContext context)
{
    private const int KlinesMax = 1_500;

    public static bool Leads(string path) => path.StartsWith("/sim/", StringComparison.Ordinal);

    public async Task ServeAsync(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address || !IPAddress.IsLoopback(address))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        var (status, answer) = Answer($"{http.Request.Method} {http.Request.Path}", http.Request.Query, body, address.ToString());
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(answer.ToJsonString(), http.RequestAborted);
    }

    private (int Status, JsonNode Answer) Answer(string call, IQueryCollection query, string body, string address)
    {
        try
        {
            switch (call)
            {
                case "GET /sim/status": return (200, Status());
                case "GET /sim/faults": return (200, Rules());
                case "POST /sim/faults":
                    return (200, new JsonObject { ["id"] = faults.Add(FaultScriptFile.ReadRule(JsonNode.Parse(body), "rule")) });
                case "DELETE /sim/faults": return (200, new JsonObject { ["removed"] = Remove(query["id"]) });
                case "POST /sim/listenKeys/expire":
                    lock (context.Gate) hub.ExpireListenKeys();
                    return (200, new JsonObject());
                case "POST /sim/connections/cut":
                    lock (context.Gate) hub.AbortAll();
                    return (200, new JsonObject());
                case "POST /sim/ban":
                    addresses.Ban(address, TimeSpan.FromMilliseconds(Whole(query, "ms") ?? 120_000));
                    return (200, new JsonObject());
                case "POST /sim/archive/revise":
                    if (!archive.TryParse(query["path"].ToString(), out var key, out _)) return (404, Said("path is no file of the archive"));
                    lock (context.Gate) archive.Revise(key);
                    return (200, new JsonObject());
                case "GET /sim/truth/book": return Book(query);
                case "GET /sim/truth/klines": return Klines(query);
                default: return (404, Said("There is no such control; docs/simulator.md lists them"));
            }
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException or InvalidOperationException)
        {
            return (400, Said(wrong.Message));
        }
    }

    private static JsonObject Said(string message) => new() { ["error"] = message };

    private static long? Whole(IQueryCollection query, string name) =>
        query[name].ToString() is not { Length: > 0 } text ? null
        : long.TryParse(text, out var value) ? value
        : throw new FormatException($"{name} was '{text}'; a whole number is allowed");

    private JsonObject Status() => new()
    {
        ["now_ms"] = clock.NowMs,
        ["speed"] = context.Options.Speed,
        ["seed"] = context.Options.Seed,
        ["symbols"] = truth.Symbols.Count,
        ["connections"] = truth.Connections,
        ["busiest_minute_weight"] = truth.BusiestMinute,
        ["refused_calls"] = truth.Refused,
        ["faults_struck"] = new JsonObject(
            faults.Struck.Select(struck => KeyValuePair.Create(FaultScriptFile.NameOf(struck.Key), (JsonNode?)struck.Value))),
    };

    private JsonArray Rules() => [.. faults.Rules.Select(rule => (JsonNode)new JsonObject
    {
        ["id"] = rule.Key,
        ["fault"] = FaultScriptFile.NameOf(rule.Value.Kind),
        ["call"] = rule.Value.Call,
        ["stream"] = rule.Value.Stream,
        ["symbol"] = rule.Value.Symbol,
        ["probability"] = rule.Value.Probability,
        ["count"] = rule.Value.Count,
    })];

    private int Remove(string? id)
    {
        if (!string.IsNullOrEmpty(id)) return int.TryParse(id, out var one) && faults.Remove(one) ? 1 : 0;
        var all = faults.Rules.Count;
        faults.Clear();
        return all;
    }

    private (int Status, JsonNode Answer) Book(IQueryCollection query)
    {
        var place = truth.PlaceOf(query["symbol"].ToString());
        if (place < 0) return (400, Said("symbol is not one of the exchange's"));
        if (Whole(query, "updateId") is not { } updateId) return (400, Said("updateId is missing"));
        if (truth.Book(place, updateId) is not { } book) return (404, Said("That update is not known, or not any more"));
        var symbol = truth.Symbols[place];
        return (200, new JsonObject
        {
            ["update_id"] = book.UpdateId,
            ["bid"] = symbol.Price(book.Bid.Ticks).ToString(),
            ["bid_quantity"] = symbol.Quantity(book.Bid.Steps).ToString(),
            ["ask"] = symbol.Price(book.Ask.Ticks).ToString(),
            ["ask_quantity"] = symbol.Quantity(book.Ask.Steps).ToString(),
            ["bids20_quantity"] = symbol.Quantity(book.BidSteps).ToString(),
            ["asks20_quantity"] = symbol.Quantity(book.AskSteps).ToString(),
            ["digest"] = book.Digest.ToString("x16"),
        });
    }

    private (int Status, JsonNode Answer) Klines(IQueryCollection query)
    {
        var place = truth.PlaceOf(query["symbol"].ToString());
        if (place < 0) return (400, Said("symbol is not one of the exchange's"));
        if (!KlineIntervals.TryParse(query["interval"], out var interval)) return (400, Said("interval is not one of the exchange's"));
        var limit = (int)Math.Clamp(Whole(query, "limit") ?? KlinesMax, 1, KlinesMax);
        var rows = truth.Closed(place, interval, Whole(query, "startTime"), Whole(query, "endTime"), limit);
        var wire = new SymbolWire(truth.Symbols[place]);
        var answer = Wire.Answer.Json(json =>
        {
            json.WriteStartArray();
            foreach (var row in rows) KlineEndpoints.WriteRow(json, wire, row);
            json.WriteEndArray();
        });
        return (200, JsonNode.Parse(answer.Body.Span)!);
    }
}
