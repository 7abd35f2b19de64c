using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Trading;

/// <summary>Reads requests for orders, in the order in which the exchange finds fault with them.</summary>
internal sealed class OrderReader(Reading reading, ExchangeChanges changes)
{
    /// <summary>An order of <c>POST /fapi/v1/order</c>, or an element of <c>batchOrders</c>.</summary>
    public Refusal? Order(Parameters parameters, out OrderRequest request)
    {
        request = null!;
        if (reading.Desk(parameters, out var desk) is { } wrongSymbol) return wrongSymbol;
        if (Reading.Sides(parameters, out var side) is { } wrongSide) return wrongSide;
        if (parameters.Text("type", out var typeText) is { } noType) return noType;
        if (!WireName.TryParse(typeText, out OrderType type)) return Refusals.WrongOrderType;
        if (type >= OrderType.Stop) return Refusals.UseAlgoService;
        if (parameters.Flag("closePosition", false, out var closes) is { } wrongFlag) return wrongFlag;
        if (closes) return Refusals.WrongClosePosition(typeText);
        if (ResponseType(parameters) is { } wrongResponse) return wrongResponse;

        var isLimit = type == OrderType.Limit;
        if (isLimit && parameters.Text("timeInForce", out _) is { } noTime) return noTime;
        if (Reading.Name(parameters, "timeInForce", Refusals.WrongTimeInForce, out TimeInForce time) is { } wrongTime)
            return wrongTime;
        if (time == TimeInForce.GteGtc) return Refusals.WrongTimeInForce;
        if (!isLimit && Reading.None(parameters, "price", "timeInForce", "priceMatch", "goodTillDate") is { } tooMuch)
            return tooMuch;
        if (Reading.None(parameters, "stopPrice", "activationPrice", "callbackRate") is { } conditional)
            return conditional;
        if (Reading.Needed(parameters, "quantity", out var quantity) is { } wrongQuantity) return wrongQuantity;
        if (PriceOrMatch(parameters, isLimit, out var price, out var match) is { } wrongPrice)
            return wrongPrice;
        if (parameters.Flag("reduceOnly", false, out var reduceOnly) is { } wrongReduce) return wrongReduce;
        if (SelfTrade(parameters, out var selfTrade) is { } wrongSelfTrade) return wrongSelfTrade;
        if (parameters.Whole("goodTillDate", out long? goodTill) is { } wrongDate) return wrongDate;
        request = new()
        {
            Symbol = desk.Index,
            Side = side,
            Type = type,
            TimeInForce = time,
            Quantity = quantity,
            Price = price,
            ReduceOnly = reduceOnly,
            ClientId = parameters["newClientOrderId"],
            PriceMatch = match,
            SelfTrade = selfTrade,
            GoodTillMs = goodTill ?? 0,
        };
        return null;
    }

    /// <summary>True for a conditional order on <c>/fapi/v1/order</c>, where it was taken before 2025-12-09.</summary>
    public bool IsStop(Parameters parameters) =>
        !changes.AlgoService && WireName.TryParse(parameters["type"], out OrderType type) && type >= OrderType.Stop;

    /// <summary>A conditional order of <c>POST /fapi/v1/order</c>, as before 2025-12-09.</summary>
    public Refusal? Stop(Parameters parameters, out AlgoRequest request) =>
        Conditional(parameters, "stopPrice", "activationPrice", "newClientOrderId", out request);

    /// <summary>A conditional order of <c>POST /fapi/v1/algoOrder</c>.</summary>
    public Refusal? Algo(Parameters parameters, out AlgoRequest request)
    {
        request = null!;
        if (parameters.Text("algoType", out var algoType) is { } noAlgoType) return noAlgoType;
        if (algoType != "CONDITIONAL") return Refusal.Invalid("algoType");
        return Conditional(parameters, "triggerPrice", "activatePrice", "clientAlgoId", out request);
    }

    private Refusal? Conditional(
        Parameters parameters, string triggerName, string activationName, string idName, out AlgoRequest request)
    {
        request = null!;
        if (reading.Desk(parameters, out var desk) is { } wrongSymbol) return wrongSymbol;
        if (Reading.Sides(parameters, out var side) is { } wrongSide) return wrongSide;
        if (parameters.Text("type", out var typeText) is { } noType) return noType;
        if (!WireName.TryParse(typeText, out OrderType type) || type < OrderType.Stop)
            return Refusals.WrongOrderType;
        if (type == OrderType.TrailingStopMarket) return Refusal.NotModelled("TRAILING_STOP_MARKET orders");
        if (Reading.None(parameters, activationName, "callbackRate") is { } trailing) return trailing;
        if (ResponseType(parameters) is { } wrongResponse) return wrongResponse;
        if (Reading.Name(parameters, "timeInForce", Refusals.WrongTimeInForce, out TimeInForce time) is { } wrongTime)
            return wrongTime;
        if (Reading.Name(parameters, "workingType", Refusals.WrongWorkingType, out WorkingType working) is { } wrongSource)
            return wrongSource;
        if (parameters.Flag("priceProtect", false, out var protect) is { } wrongProtect) return wrongProtect;
        if (Size(parameters, type, typeText, out var quantity, out var closes, out var reduceOnly) is { } wrongSize)
            return wrongSize;
        if (Reading.Needed(parameters, triggerName, out var trigger) is { } wrongTrigger)
            return wrongTrigger;
        var isLimit = type is OrderType.Stop or OrderType.TakeProfit;
        if (!isLimit && Reading.None(parameters, "price", "priceMatch") is { } tooMuch) return tooMuch;
        if (PriceOrMatch(parameters, isLimit, out var price, out var match) is { } wrongPrice)
            return wrongPrice;
        if (SelfTrade(parameters, out var selfTrade) is { } wrongSelfTrade) return wrongSelfTrade;
        if (parameters.Whole("goodTillDate", out long? goodTill) is { } wrongDate) return wrongDate;
        request = new()
        {
            Symbol = desk.Index,
            Side = side,
            Type = type,
            TriggerPrice = trigger,
            TimeInForce = time,
            Quantity = quantity,
            Price = price,
            WorkingType = working,
            PriceProtect = protect,
            ClosePosition = closes,
            ReduceOnly = reduceOnly,
            ClientId = parameters[idName],
            PriceMatch = match,
            SelfTrade = selfTrade,
            GoodTillMs = goodTill ?? 0,
        };
        return null;
    }

    /// <summary>
    /// True when the answer shall tell what became of the order, not only that it was taken in.
    /// </summary>
    public static bool WantsResult(Parameters parameters) => parameters["newOrderRespType"] == "RESULT";

    /// <summary>
    /// A price, or the level of the book that it is taken from; a limit order needs one of them and only one.
    /// </summary>
    public Refusal? PriceOrMatch(
        Parameters parameters, bool isLimit, out decimal price, out PriceMatch match)
    {
        (price, match) = (0, PriceMatch.None);
        if (!isLimit) return null;
        if (Reading.Name(parameters, "priceMatch", Refusals.WrongPriceMatch, out match) is { } wrongMatch)
            return wrongMatch;
        if (changes.NoDeepOpponents && match is (PriceMatch.Opponent10 or PriceMatch.Opponent20)) return Refusals.WrongPriceMatch;
        return match == PriceMatch.None
            ? Reading.Needed(parameters, "price", out price)
            : Reading.None(parameters, "price");
    }

    private static Refusal? Size(
        Parameters parameters, OrderType type, string typeText,
        out decimal quantity, out bool closes, out bool reduceOnly)
    {
        (quantity, reduceOnly) = (0, false);
        if (parameters.Flag("closePosition", false, out closes) is { } wrongCloses) return wrongCloses;
        if (parameters.Flag("reduceOnly", false, out reduceOnly) is { } wrongReduce) return wrongReduce;
        if (!closes) return Reading.Needed(parameters, "quantity", out quantity);
        if (type is not (OrderType.StopMarket or OrderType.TakeProfitMarket))
            return Refusals.WrongClosePosition(typeText);
        if (parameters.Has("quantity")) return Refusals.QuantityWithClosePosition;
        return reduceOnly ? Refusals.NotRequired("reduceOnly") : null;
    }

    private static Refusal? SelfTrade(Parameters parameters, out SelfTradePrevention mode)
    {
        mode = default;
        // NONE was the default once; clients still send it.
        return parameters["selfTradePreventionMode"] == "NONE"
            ? null
            : Reading.Name(parameters, "selfTradePreventionMode", Refusals.WrongSelfTradePrevention, out mode);
    }

    private static Refusal? ResponseType(Parameters parameters) =>
        parameters["newOrderRespType"] is null or "ACK" or "RESULT" ? null : Refusals.WrongResponseType;
}
