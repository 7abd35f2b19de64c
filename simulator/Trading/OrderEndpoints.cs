using System.Text.Json;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Wire;
using static FuturesBot.Simulator.Trading.SignedCalls;

namespace FuturesBot.Simulator.Trading;

/// <summary>The calls that concern orders and fills.</summary>
internal sealed class OrderEndpoints(
    TradingEngine engine, Reading reading, OrderReader reader, OrderJson orders, Sight sight, ExchangeChanges changes)
{
    private const int CancelBatchMax = 10;

    public IEnumerable<Endpoint> Endpoints =>
    [
        Post("/fapi/v1/order", 0, Place) with { Orders = static _ => 1 },
        Put("/fapi/v1/order", 1, Amend) with { Orders = static _ => 1 },
        Delete("/fapi/v1/order", Cancel),
        Get("/fapi/v1/order", 1, Query),
        Post("/fapi/v1/batchOrders", 5, PlaceBatch) with { Orders = BatchSize },
        Put("/fapi/v1/batchOrders", 5, AmendBatch) with { Orders = BatchSize },
        Delete("/fapi/v1/batchOrders", CancelBatch),
        Delete("/fapi/v1/allOpenOrders", CancelAll),
        Post("/fapi/v1/countdownCancelAll", 10, Countdown),
        Get("/fapi/v1/openOrder", 1, QueryOpen),
        Get("/fapi/v1/openOrders", one: 1, all: 40, Open),
        Get("/fapi/v1/allOrders", one: 5, all: 40, All),
        Get("/fapi/v1/orderAmendment", 1, Amendments),
        Get("/fapi/v1/userTrades", 5, Trades),
        Get("/fapi/v1/forceOrders", one: 20, all: 50, static _ => Answer.EmptyList),
    ];

    private Answer Place(ApiCall call)
    {
        if (!Place(call.Parameters).Accepted(out var order, out var refusal)) return refusal;
        var onlyTaken = !OrderReader.WantsResult(call.Parameters);
        return Answer.Json(json => orders.Answered(json, order, onlyTaken));
    }

    private Outcome<Order> Place(Parameters sent)
    {
        if (reader.IsStop(sent)) return reader.Stop(sent, out var stop) is { } unread ? unread : engine.PlaceAmongOrders(stop);
        return reader.Order(sent, out var request) is { } wrong ? wrong : engine.Place(request);
    }

    private Answer Amend(ApiCall call) =>
        Amend(call.Parameters).Accepted(out var order, out var refusal)
            ? Answer.Json(json => orders.Amended(json, order))
            : refusal;

    private Outcome<Order> Amend(Parameters sent)
    {
        if (Find(sent, Refusals.UnknownOrder, out var order) is { } unknown) return unknown;
        if (Reading.Sides(sent, out var side) is { } wrongSide) return wrongSide;
        if (Reading.Needed(sent, "quantity", out var quantity) is { } wrongQuantity) return wrongQuantity;
        if (reader.PriceOrMatch(sent, isLimit: true, out var price, out var match) is { } wrongPrice)
            return wrongPrice;
        return engine.Amend(order, side, price, quantity, match);
    }

    private Answer Cancel(ApiCall call) =>
        Cancel(call.Parameters).Accepted(out var order, out var refusal)
            ? Answer.Json(json => orders.Answered(json, order))
            : refusal;

    private Outcome<Order> Cancel(Parameters sent)
    {
        if (Find(sent, Refusals.UnknownToCancel, out var order) is { } unknown) return unknown;
        return engine.Cancel(order) is { } refusal ? refusal : order;
    }

    private Answer Query(ApiCall call) =>
        Find(call.Parameters, Refusals.UnknownOrder, out var order) is { } unknown
            ? unknown
            : Answer.Json(json => OrderJson.Queried(json, order));

    private Answer QueryOpen(ApiCall call) =>
        Find(call.Parameters, Refusals.UnknownOrder, out var order) is { } unknown ? unknown
        : order.IsOpen ? Answer.Json(json => OrderJson.Queried(json, order))
        : Refusals.UnknownOrder;

    private Answer PlaceBatch(ApiCall call)
    {
        if (BatchReader.Read(call.Parameters, out var elements) is { } wrong) return wrong;
        var answers = new List<Action<Utf8JsonWriter>>();
        foreach (var sent in elements)
        {
            if (Place(sent).Accepted(out var order, out var refusal))
                answers.Add(json => orders.Answered(json, order, onlyTaken: !OrderReader.WantsResult(sent)));
            else answers.Add(json => Refused(json, refusal));
        }

        return List(answers);
    }

    private Answer AmendBatch(ApiCall call) =>
        BatchReader.Read(call.Parameters, out var elements) is { } wrong
            ? wrong
            : List([.. elements.Select(Amend).Select(outcome => Written(outcome, orders.Amended))]);

    private Answer CancelBatch(ApiCall call)
    {
        if (reading.Desk(call.Parameters, out var desk) is { } wrong) return wrong;
        var (ids, clientIds) = (call.Parameters["orderIdList"], call.Parameters["origClientOrderIdList"]);
        if (ids is null && clientIds is null) return NoId("orderIdList", "origClientOrderIdList");
        if (!BatchReader.TryList(ids ?? clientIds!, out var texts))
            return Refusal.Illegal(ids is null ? "origClientOrderIdList" : "orderIdList");
        if (texts.Count is 0 or > CancelBatchMax)
            return new Refusal(-4032, "Exceed maximum cancel order size.");
        var name = ids is null ? "origClientOrderId" : "orderId";
        var symbol = desk.Symbol.Symbol.Name;
        return List([.. texts.Select(text => Written(Cancel(BatchReader.Of(("symbol", symbol), (name, text))), orders.Answered))]);
    }

    private Answer CancelAll(ApiCall call)
    {
        if (reading.Desk(call.Parameters, out var desk) is { } wrong) return wrong;
        engine.CancelAll(desk);
        return Done("The operation of cancel all open order is done.");
    }

    private Answer Countdown(ApiCall call)
    {
        if (reading.Desk(call.Parameters, out var desk) is { } wrong) return wrong;
        if (call.Parameters.Whole("countdownTime", out long milliseconds) is { } missing) return missing;
        if (milliseconds is < 0 or > int.MaxValue) return Refusal.Invalid("countdownTime");
        engine.Countdown(desk, milliseconds);
        return Answer.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("symbol", desk.Symbol.Symbol.Name);
            json.WriteString("countdownTime", milliseconds.ToString());
            json.WriteEndObject();
        });
    }

    private Answer Open(ApiCall call)
    {
        if (reading.AnyDesk(call.Parameters, out var desk) is { } wrong) return wrong;
        var open = engine.Those(desk).SelectMany(one => one.Resting.Concat(one.Waiting)).Where(sight.Sees).OrderBy(order => order.Id);
        return Rows(open, OrderJson.Queried);
    }

    private Answer All(ApiCall call)
    {
        if (reading.AnyDesk(call.Parameters, out var desk) is { } wrong) return wrong;
        if (desk is null && !changes.AllOrdersOfAllSymbols) return Refusal.Missing("symbol");
        if (call.Parameters.Whole("orderId", out long? fromId) is { } wrongId) return wrongId;
        if (call.Parameters.Limit(500, 1_000, out var limit) is { } wrongLimit) return wrongLimit;
        var found = engine.Archive.Orders.Where(order => (desk is null || order.Desk == desk) && sight.Sees(order));
        if (fromId is not null)
            return Rows(found.Where(order => order.Id >= fromId).Take(limit), OrderJson.Queried);

        if (Reading.Week(call.Parameters, call.NowMs, out var startMs, out var endMs) is { } wrongTime)
            return wrongTime;
        found = found.Where(order => order.CreatedMs >= startMs && order.CreatedMs <= endMs);
        return Rows(call.Parameters.Has("startTime") ? found.Take(limit) : found.TakeLast(limit), OrderJson.Queried);
    }

    private Answer Amendments(ApiCall call)
    {
        if (Find(call.Parameters, Refusals.UnknownOrder, out var order) is { } unknown) return unknown;
        if (call.Parameters.Limit(50, 100, out var limit) is { } wrongLimit) return wrongLimit;
        var found = engine.Archive.Amendments.Where(amendment => amendment.Order == order).Reverse().Take(limit);
        return Rows(found, OrderJson.Changed);
    }

    private Answer Trades(ApiCall call)
    {
        var sent = call.Parameters;
        if (reading.Desk(sent, out var desk) is { } wrong) return wrong;
        if (sent.Whole("orderId", out long? orderId) is { } wrongOrder) return wrongOrder;
        if (sent.Whole("fromId", out long? fromId) is { } wrongFrom) return wrongFrom;
        if (sent.Limit(500, 1_000, out var limit) is { } wrongLimit) return wrongLimit;
        if (fromId is not null && (sent.Has("startTime") || sent.Has("endTime")))
            return new Refusal(-1128, "Combination of optional parameters invalid.");
        var found = engine.Archive.Fills.Where(
            fill => fill.Order.Desk == desk && (orderId is null || fill.Order.Id == orderId));
        if (fromId is not null)
            return Rows(found.Where(fill => fill.Id >= fromId).Take(limit), OrderJson.Trade);

        if (Reading.Week(sent, call.NowMs, out var startMs, out var endMs) is { } wrongTime) return wrongTime;
        found = found.Where(fill => fill.TimeMs >= startMs && fill.TimeMs <= endMs);
        return Rows(sent.Has("startTime") ? found.Take(limit) : found.TakeLast(limit), OrderJson.Trade);
    }

    /// <summary>
    /// The order that a call names; one that has not settled is as unknown as one that never was.
    /// </summary>
    private Refusal? Find(Parameters sent, Refusal otherwise, out Order order)
    {
        order = null!;
        if (reading.Desk(sent, out var desk) is { } wrong) return wrong;
        if (sent.Whole("orderId", out long? id) is { } wrongId) return wrongId;
        var clientId = sent["origClientOrderId"];
        if (id is null && clientId is null) return NoId("orderId", "origClientOrderId");
        var found = id is not null ? engine.Archive.Find(id.Value) : engine.Archive.Find(desk.Index, clientId!);
        if (found is null || found.Desk != desk || !sight.Sees(found)) return otherwise;
        order = found;
        return null;
    }

    private static Action<Utf8JsonWriter> Written(Outcome<Order> outcome, Action<Utf8JsonWriter, Order> write) =>
        outcome.Accepted(out var order, out var refusal)
            ? json => write(json, order)
            : json => Refused(json, refusal);

    private static int BatchSize(Parameters sent) => BatchReader.Read(sent, out var elements) is null ? elements.Count : 1;

    private static Refusal NoId(string id, string clientId) =>
        new(-1102, $"Param '{clientId}' or '{id}' must be sent, but both were empty/null!");

    private static Answer Done(string message) => Answer.Json(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", 200);
        json.WriteString("msg", message);
        json.WriteEndObject();
    });

    private static void Refused(Utf8JsonWriter json, Refusal refusal)
    {
        json.WriteStartObject();
        json.WriteNumber("code", refusal.Code);
        json.WriteString("msg", refusal.Message);
        json.WriteEndObject();
    }

    private static Answer List(IReadOnlyList<Action<Utf8JsonWriter>> elements) =>
        Rows(elements, static (json, write) => write(json));

    private static Answer Rows<T>(IEnumerable<T> rows, Action<Utf8JsonWriter, T> write) => Answer.Json(json =>
    {
        json.WriteStartArray();
        foreach (var row in rows) write(json, row);
        json.WriteEndArray();
    });
}
