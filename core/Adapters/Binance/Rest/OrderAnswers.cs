using System.Text.Json;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Answers about orders, read and checked.</summary>
internal sealed class OrderAnswers(Action<string> news)
{
    public OrderState Order(JsonElement row)
    {
        var executed = row.Exact("executedQty", min: 0);
        return new(
            row.Symbol(), row.Whole("orderId"), row.TextOrEmpty("clientOrderId"),
            Known(row.Text("status"), OrderStatus.Other, "order status"), Side(row), PositionSide(row),
            row.TextOrEmpty("type"), row.TextOrEmpty("timeInForce"), row.ExactOrNull("price") ?? 0, row.Exact("origQty", min: 0), executed,
            Filled(row.ExactOrNull("avgPrice"), executed), Filled(row.ExactOrNull("cumQuote"), executed),
            row.FlagOrNull("reduceOnly") ?? false, row.FlagOrNull("closePosition") ?? false,
            row.WholeOrNull("time"), row.Whole("updateTime"));
    }

    public AlgoOrderState AlgoOrder(JsonElement row) => new(
        row.Symbol(), row.Whole("algoId"), row.TextOrEmpty("clientAlgoId"),
        Known(row.Text("algoStatus"), AlgoOrderStatus.Other, "algo order status"), Side(row), PositionSide(row),
        row.TextOrEmpty("orderType"), row.TextOrEmpty("timeInForce"), Positive(row, "triggerPrice"), Positive(row, "quantity"),
        Positive(row, "price"), row.TextOrEmpty("workingType"), row.FlagOrNull("closePosition") ?? false,
        row.FlagOrNull("reduceOnly") ?? false, row.FlagOrNull("priceProtect") ?? false,
        row.WholeOrNull("actualOrderId") is { } id and > 0 ? id : null, Positive(row, "actualPrice"),
        row.Whole("createTime"), row.Whole("updateTime"), row.WholeOrNull("triggerTime") is { } at and > 0 ? at : null);

    public static AlgoOrderReceipt Receipt(JsonElement row) => new(row.Whole("algoId"), row.TextOrEmpty("clientAlgoId"));

    public static UserTrade Trade(JsonElement row) => new(
        row.Symbol(), row.Whole("id"), row.Whole("orderId"), Side(row), PositionSide(row), row.Exact("price", min: 0),
        row.Exact("qty", min: 0), row.Exact("quoteQty", min: 0), row.Exact("realizedPnl"), row.Exact("commission"),
        row.Text("commissionAsset"), row.Flag("maker"), row.Whole("time"));

    // Which way an order goes is never guessed.
    public static OrderSide Side(JsonElement row) =>
        WireName.From<OrderSide>(row.Text("side")) ?? throw new MalformedException("'side' is neither BUY nor SELL");

    public static PositionSide PositionSide(JsonElement row) =>
        row.TextOrEmpty("positionSide") is { Length: > 0 } side
            ? WireName.From<PositionSide>(side) ?? throw new MalformedException("'positionSide' is none of BOTH, LONG, SHORT")
            : Rest.PositionSide.Both;

    // A zero beside fills is a field that is no longer told, not a price.
    private static decimal? Filled(decimal? told, decimal executed) => executed > 0 && told > 0 ? told : null;

    private static decimal? Positive(JsonElement row, string name) => row.ExactOrNull(name) is { } value and > 0 ? value : null;

    private T Known<T>(string name, T other, string what)
        where T : struct, Enum
    {
        if (WireName.From<T>(name) is { } known && !known.Equals(other)) return known;
        news($"{what} '{(name.Length <= 60 ? name : name[..60])}'");
        return other;
    }
}
