namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>
/// Every endpoint that is called, with its weight and its limits (spec 3.3). The server's headers are the truth; this
/// is what is charged before they come.
/// </summary>
public static class Endpoints
{
    private static readonly WeightRule ByKlines = WeightRule.ByLimit((99, 1), (499, 2), (1_000, 5), (1_500, 10));
    private static readonly WeightRule ByDepth = WeightRule.ByLimit((50, 2), (100, 5), (500, 10), (1_000, 20));

    // Market
    public static readonly Endpoint Ping = Market("/fapi/v1/ping", 1);
    public static readonly Endpoint Time = Market("/fapi/v1/time", 1);
    public static readonly Endpoint ExchangeInfo = Market("/fapi/v1/exchangeInfo", 1);
    public static readonly Endpoint Depth = Market("/fapi/v1/depth", ByDepth);
    public static readonly Endpoint Klines = Market("/fapi/v1/klines", ByKlines);
    public static readonly Endpoint MarkPriceKlines = Market("/fapi/v1/markPriceKlines", ByKlines);
    public static readonly Endpoint AggTrades = Market("/fapi/v1/aggTrades", 20);
    public static readonly Endpoint Ticker24H = Market("/fapi/v1/ticker/24hr", WeightRule.OneOrAll(1, 40));
    public static readonly Endpoint PremiumIndex = Market("/fapi/v1/premiumIndex", WeightRule.OneOrAll(1, 10));
    public static readonly Endpoint OpenInterest = Market("/fapi/v1/openInterest", 1);
    public static readonly Endpoint OpenInterestHistory = Market("/futures/data/openInterestHist", 0, ExtraLimit.FuturesData);
    public static readonly Endpoint FundingRate = Market("/fapi/v1/fundingRate", 0, ExtraLimit.Funding);
    public static readonly Endpoint FundingInfo = Market("/fapi/v1/fundingInfo", 0, ExtraLimit.Funding);

    // Account
    public static readonly Endpoint Account = Read("/fapi/v3/account", 5);
    public static readonly Endpoint Balance = Read("/fapi/v3/balance", 5);
    public static readonly Endpoint PositionRisk = Read("/fapi/v3/positionRisk", 5);
    public static readonly Endpoint AccountConfig = Read("/fapi/v1/accountConfig", 5);
    public static readonly Endpoint SymbolConfig = Read("/fapi/v1/symbolConfig", 5);
    public static readonly Endpoint CommissionRate = Read("/fapi/v1/commissionRate", 20);
    public static readonly Endpoint LeverageBracket = Read("/fapi/v1/leverageBracket", 1);
    public static readonly Endpoint Income = Read("/fapi/v1/income", 30);
    public static readonly Endpoint UserTrades = Read("/fapi/v1/userTrades", 5);
    public static readonly Endpoint PositionMode = Read("/fapi/v1/positionSide/dual", 30);
    public static readonly Endpoint ApiRestrictions = Read("/sapi/v1/account/apiRestrictions", 1);

    // Settings of the account: the second time changes nothing more
    public static readonly Endpoint SetPositionMode = Set(HttpMethod.Post, "/fapi/v1/positionSide/dual", 1);
    public static readonly Endpoint SetLeverage = Set(HttpMethod.Post, "/fapi/v1/leverage", 1);
    public static readonly Endpoint SetMarginType = Set(HttpMethod.Post, "/fapi/v1/marginType", 1);
    public static readonly Endpoint CountdownCancelAll = Set(HttpMethod.Post, "/fapi/v1/countdownCancelAll", 10);
    public static readonly Endpoint CreateListenKey = Set(HttpMethod.Post, "/fapi/v1/listenKey", 1, RequestSecurity.Key);
    public static readonly Endpoint KeepListenKey = Set(HttpMethod.Put, "/fapi/v1/listenKey", 1, RequestSecurity.Key);
    public static readonly Endpoint CloseListenKey = Set(HttpMethod.Delete, "/fapi/v1/listenKey", 1, RequestSecurity.Key);

    // Orders
    public static readonly Endpoint PlaceOrder = Trade(HttpMethod.Post, "/fapi/v1/order", 0, orders: 1);
    public static readonly Endpoint CancelOrder = Trade(HttpMethod.Delete, "/fapi/v1/order", 1);
    public static readonly Endpoint CancelAllOrders = Trade(HttpMethod.Delete, "/fapi/v1/allOpenOrders", 1);
    public static readonly Endpoint Order = Read("/fapi/v1/order", 1);
    public static readonly Endpoint OpenOrders = Read("/fapi/v1/openOrders", WeightRule.OneOrAll(1, 40));
    public static readonly Endpoint AllOrders = Read("/fapi/v1/allOrders", 5);

    // Algo orders
    public static readonly Endpoint PlaceAlgoOrder = Trade(HttpMethod.Post, "/fapi/v1/algoOrder", 0, orders: 1);
    public static readonly Endpoint CancelAlgoOrder = Trade(HttpMethod.Delete, "/fapi/v1/algoOrder", 1);
    public static readonly Endpoint CancelAllAlgoOrders = Trade(HttpMethod.Delete, "/fapi/v1/algoOpenOrders", 1);
    public static readonly Endpoint AlgoOrder = Read("/fapi/v1/algoOrder", 1);
    public static readonly Endpoint OpenAlgoOrders = Read("/fapi/v1/openAlgoOrders", WeightRule.OneOrAll(1, 40));
    public static readonly Endpoint AllAlgoOrders = Read("/fapi/v1/allAlgoOrders", 5);

    /// <summary>All of them, in the order of this file.</summary>
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        .. typeof(Endpoints).GetFields().Select(field => field.GetValue(null)).OfType<Endpoint>(),
    ];

    private static Endpoint Market(string path, WeightRule weight, ExtraLimit extra = ExtraLimit.None) =>
        new(HttpMethod.Get, path, RequestSecurity.None, weight, Orders: 0, extra, RepeatRule.Safe);

    private static Endpoint Read(string path, WeightRule weight) =>
        new(HttpMethod.Get, path, RequestSecurity.Signed, weight, Orders: 0, ExtraLimit.None, RepeatRule.Safe);

    private static Endpoint Set(HttpMethod method, string path, WeightRule weight, RequestSecurity security = RequestSecurity.Signed) =>
        new(method, path, security, weight, Orders: 0, ExtraLimit.None, RepeatRule.Safe);

    private static Endpoint Trade(HttpMethod method, string path, WeightRule weight, int orders = 0) =>
        new(method, path, RequestSecurity.Signed, weight, orders, ExtraLimit.None, RepeatRule.OnlyIfNotExecuted);
}
