using FuturesBot.Simulator.Wire;
using static FuturesBot.Simulator.Trading.SignedCalls;

namespace FuturesBot.Simulator.Trading;

/// <summary>The calls that concern conditional orders. There is none that changes one.</summary>
internal sealed class AlgoEndpoints(TradingEngine engine, Reading reading, OrderReader reader, OrderJson orders, Sight sight)
{
    public IEnumerable<Endpoint> Endpoints =>
    [
        Post("/fapi/v1/algoOrder", 0, Place) with { Orders = static _ => 1 },
        Delete("/fapi/v1/algoOrder", Cancel),
        Get("/fapi/v1/algoOrder", 1, Query),
        Delete("/fapi/v1/algoOpenOrders", CancelAll),
        Get("/fapi/v1/openAlgoOrders", one: 1, all: 40, Open),
        Get("/fapi/v1/allAlgoOrders", 5, All),
    ];

    private Answer Place(ApiCall call)
    {
        if (reader.Algo(call.Parameters, out var request) is { } wrong) return wrong;
        return engine.Place(request).Accepted(out var order, out var refusal)
            ? Answer.Json(json => OrderJson.Answered(json, order))
            : refusal;
    }

    private Answer Cancel(ApiCall call)
    {
        if (Find(call.Parameters, Refusals.UnknownToCancel, out var order) is { } unknown) return unknown;
        return engine.Cancel(order) is { } refusal
            ? refusal
            : Answer.Json(json => OrderJson.Answered(json, order));
    }

    private Answer Query(ApiCall call) =>
        Find(call.Parameters, Refusals.UnknownOrder, out var order) is { } unknown
            ? unknown
            : Answer.Json(json => orders.Queried(json, order));

    private Answer CancelAll(ApiCall call)
    {
        if (reading.Desk(call.Parameters, out var desk) is { } wrong) return wrong;
        engine.CancelAllAlgos(desk);
        return Answer.Json(static json =>
        {
            json.WriteStartObject();
            json.WriteNumber("code", 200);
            json.WriteString("msg", "The operation of cancel all open order is done.");
            json.WriteEndObject();
        });
    }

    private Answer Open(ApiCall call)
    {
        if (reading.AnyDesk(call.Parameters, out var desk) is { } wrong) return wrong;
        if (call.Parameters["algoType"] is { } type && type != "CONDITIONAL")
            return Refusal.Invalid("algoType");
        if (Id(call.Parameters, out var id) is { } wrongId) return wrongId;
        var open = engine.Those(desk).SelectMany(one => one.Algos)
            .Where(order => sight.Sees(order) && (id is null || order.Id == id)).OrderBy(order => order.Id);
        return List(open);
    }

    private Answer All(ApiCall call)
    {
        var sent = call.Parameters;
        if (reading.Desk(sent, out var desk) is { } wrong) return wrong;
        if (Id(sent, out var fromId) is { } wrongId) return wrongId;
        if (sent.Limit(500, 1_000, out var limit) is { } wrongLimit) return wrongLimit;
        if (sent.Whole("page", out long? page) is { } wrongPage) return wrongPage;
        if (page is < 1 or > 1_000_000) return Refusal.Invalid("page");
        var found = engine.Archive.Algos.Where(order => order.Desk == desk && sight.Sees(order));
        if (fromId is not null) return List(found.Where(order => order.Id >= fromId).Take(limit));

        if (Reading.Week(sent, call.NowMs, out var startMs, out var endMs) is { } wrongTime) return wrongTime;
        found = found.Where(order => order.CreatedMs >= startMs && order.CreatedMs <= endMs);
        return List(found.Skip((int)((page ?? 1) - 1) * limit).Take(limit));
    }

    // Clients name the id of a list by either name.
    private static Refusal? Id(Parameters sent, out long? id) =>
        sent.Whole(sent.Has("algoId") ? "algoId" : "orderId", out id);

    private Refusal? Find(Parameters sent, Refusal otherwise, out AlgoOrder order)
    {
        order = null!;
        if (sent.Whole("algoId", out long? id) is { } wrongId) return wrongId;
        var clientId = sent["clientAlgoId"];
        if (id is null && clientId is null)
            return new(-1102, "Param 'clientAlgoId' or 'algoId' must be sent, but both were empty/null!");
        var found = id is not null ? engine.Archive.FindAlgo(id.Value) : engine.Archive.FindAlgo(clientId!);
        if (found is null || !sight.Sees(found)) return otherwise;
        order = found;
        return null;
    }

    private Answer List(IEnumerable<AlgoOrder> found) => Answer.Json(json =>
    {
        json.WriteStartArray();
        foreach (var order in found) orders.Queried(json, order);
        json.WriteEndArray();
    });
}
