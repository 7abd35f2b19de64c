using System.Text.Json;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Trading;

/// <summary>Orders, conditional orders and fills as REST answers write them.</summary>
internal sealed class OrderJson(ExchangeChanges changes)
{
    /// <summary>
    /// The answer to placing, changing or cancelling: since 2026-07-15 without <c>avgPrice</c> and
    /// <c>cumQuote</c>.
    /// </summary>
    /// <param name="json">Where to.</param>
    /// <param name="order">Which.</param>
    /// <param name="onlyTaken">Tell that it was taken in, not what became of it.</param>
    public void Answered(Utf8JsonWriter json, Order order, bool onlyTaken)
    {
        json.WriteStartObject();
        Answer(json, order, onlyTaken);
        json.WriteEndObject();
    }

    /// <inheritdoc cref="Answered(Utf8JsonWriter, Order, bool)"/>
    public void Answered(Utf8JsonWriter json, Order order) => Answered(json, order, onlyTaken: false);

    /// <summary>The answer to changing an order: since 2026-07-28 with the number of the change.</summary>
    public void Amended(Utf8JsonWriter json, Order order)
    {
        json.WriteStartObject();
        Answer(json, order, onlyTaken: false);
        if (changes.ModifyId) json.WriteNumber("modifyId", order.Amendments);
        json.WriteEndObject();
    }

    /// <summary>The answer to a query.</summary>
    public static void Queried(Utf8JsonWriter json, Order order)
    {
        json.WriteStartObject();
        Common(json, order, onlyTaken: false);
        Fills(json, order, onlyTaken: false);
        json.WriteNumber("time", order.CreatedMs);
        json.WriteEndObject();
    }

    /// <summary>The answer to placing or cancelling a conditional order.</summary>
    public static void Answered(Utf8JsonWriter json, AlgoOrder order)
    {
        json.WriteStartObject();
        Common(json, order);
        json.WriteEndObject();
    }

    /// <summary>The answer to a query for a conditional order.</summary>
    public void Queried(Utf8JsonWriter json, AlgoOrder order)
    {
        json.WriteStartObject();
        Common(json, order);
        json.WriteString("actualOrderId", order.Actual is { } actual ? actual.Id.ToString() : "");
        json.Number("actualPrice", order.Actual?.AveragePrice ?? 0);
        json.Number("actualQty", order.Actual?.Executed ?? 0);
        json.WriteString("actualType", order.Actual is { } typed ? WireName.Of(typed.Type) : "");
        if (!changes.NoNestedAlgoPrices)
        {
            json.WriteString("tpTriggerPrice", "0.000");
            json.WriteString("tpPrice", "0.000");
            json.WriteString("slTriggerPrice", "0.000");
            json.WriteString("slPrice", "0.000");
            json.WriteString("tpOrderType", "");
        }

        json.WriteEndObject();
    }

    public static void Trade(Utf8JsonWriter json, Fill fill)
    {
        var (order, symbol) = (fill.Order, fill.Order.Desk.Symbol);
        json.WriteStartObject();
        json.WriteBoolean("buyer", order.Side == OrderSide.Buy);
        json.Number("commission", fill.Commission);
        json.WriteString("commissionAsset", symbol.MarginAsset);
        json.WriteNumber("id", fill.Id);
        json.WriteBoolean("maker", fill.IsMaker);
        json.WriteNumber("orderId", order.Id);
        json.Number("price", fill.Price);
        json.Number("qty", fill.Quantity);
        json.Number("quoteQty", fill.Quote);
        json.Number("realizedPnl", fill.RealizedPnl);
        json.WriteString("side", WireName.Of(order.Side));
        json.WriteString("positionSide", "BOTH");
        json.WriteString("symbol", symbol.Symbol.Name);
        json.WriteNumber("time", fill.TimeMs);
        json.WriteEndObject();
    }

    public static void Changed(Utf8JsonWriter json, Amendment amendment)
    {
        var symbol = amendment.Order.Desk.Symbol;
        json.WriteStartObject();
        json.WriteNumber("amendmentId", amendment.Id);
        json.WriteString("symbol", symbol.Symbol.Name);
        json.WriteString("pair", symbol.Pair);
        json.WriteNumber("orderId", amendment.Order.Id);
        json.WriteString("clientOrderId", amendment.Order.ClientId);
        json.WriteNumber("time", amendment.TimeMs);
        json.WriteStartObject("amendment");
        BeforeAfter("price", amendment.PriceBefore, amendment.PriceAfter);
        BeforeAfter("origQty", amendment.QuantityBefore, amendment.QuantityAfter);
        json.WriteNumber("count", amendment.Count);
        json.WriteEndObject();
        json.WriteString("priceMatch", WireName.Of(amendment.Order.PriceMatch));
        json.WriteEndObject();

        void BeforeAfter(string name, decimal before, decimal after)
        {
            json.WriteStartObject(name);
            json.Number("before", before);
            json.Number("after", after);
            json.WriteEndObject();
        }
    }

    private void Answer(Utf8JsonWriter json, Order order, bool onlyTaken)
    {
        Common(json, order, onlyTaken);
        json.Number("cumQty", onlyTaken ? 0 : order.Executed);
        if (!changes.NoFillsInAnswers) Fills(json, order, onlyTaken);
    }

    private static void Common(Utf8JsonWriter json, Order order, bool onlyTaken)
    {
        var algo = order.Algo?.Request;
        json.WriteNumber("orderId", order.Id);
        json.WriteString("symbol", order.Desk.Symbol.Symbol.Name);
        json.WriteString("pair", order.Desk.Symbol.Pair);
        json.WriteString("status", WireName.Of(onlyTaken ? OrderStatus.New : order.Status));
        json.WriteString("clientOrderId", order.ClientId);
        json.Number("price", order.Price);
        json.Number("origQty", order.Quantity);
        json.Number("executedQty", onlyTaken ? 0 : order.Executed);
        json.WriteString("timeInForce", WireName.Of(order.TimeInForce));
        json.WriteString("type", WireName.Of(order.Type));
        json.WriteBoolean("reduceOnly", order.ReduceOnly);
        json.WriteBoolean("closePosition", order.ClosePosition);
        json.WriteString("side", WireName.Of(order.Side));
        json.WriteString("positionSide", "BOTH");
        json.Number("stopPrice", algo?.TriggerPrice ?? 0);
        json.WriteString("workingType", WireName.Of(algo?.WorkingType ?? WorkingType.ContractPrice));
        json.WriteBoolean("priceProtect", algo?.PriceProtect ?? false);
        json.WriteString("origType", WireName.Of(order.OriginalType));
        json.WriteString("priceMatch", WireName.Of(order.PriceMatch));
        json.WriteString("selfTradePreventionMode", WireName.Of(order.SelfTrade));
        json.WriteNumber("goodTillDate", order.GoodTillMs);
        json.WriteNumber("updateTime", order.UpdatedMs);
    }

    private static void Fills(Utf8JsonWriter json, Order order, bool onlyTaken)
    {
        json.Number("avgPrice", onlyTaken ? 0 : order.AveragePrice);
        json.Number("cumQuote", onlyTaken ? 0 : order.ExecutedQuote);
    }

    private static void Common(Utf8JsonWriter json, AlgoOrder order)
    {
        var request = order.Request;
        json.WriteNumber("algoId", order.Id);
        json.WriteString("clientAlgoId", order.ClientId);
        json.WriteString("algoType", "CONDITIONAL");
        json.WriteString("orderType", WireName.Of(request.Type));
        json.WriteString("symbol", order.Desk.Symbol.Symbol.Name);
        json.WriteString("side", WireName.Of(request.Side));
        json.WriteString("positionSide", "BOTH");
        json.WriteString("timeInForce", WireName.Of(request.TimeInForce));
        json.Number("quantity", request.Quantity);
        json.WriteString("algoStatus", WireName.Of(order.Status));
        json.Number("triggerPrice", request.TriggerPrice);
        json.Number("price", request.Price);
        json.WriteNull("icebergQuantity");
        json.WriteString("selfTradePreventionMode", WireName.Of(request.SelfTrade));
        json.WriteString("workingType", WireName.Of(request.WorkingType));
        json.WriteString("priceMatch", WireName.Of(request.PriceMatch));
        json.WriteBoolean("closePosition", request.ClosePosition);
        json.WriteBoolean("priceProtect", request.PriceProtect);
        json.WriteBoolean("reduceOnly", request.ReduceOnly);
        json.WriteNumber("createTime", order.CreatedMs);
        json.WriteNumber("updateTime", order.UpdatedMs);
        json.WriteNumber("triggerTime", order.TriggeredMs);
        json.WriteNumber("goodTillDate", request.GoodTillMs / 1000 * 1000);
    }
}
