using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Tests.Binance.Rest;

/// <summary>One call of every endpoint, with the payload that answers it: what holds for all of them is tested on these.</summary>
internal static class EndpointCalls
{
    public static readonly Symbol Btc = Symbol.Btc;
    public static readonly SeriesInfo Series = new(Btc, TimeFrame.M15);
    private const long From = 1793530800000;
    private const long To = 1793534400000;

    public sealed record EndpointCall(string Name, Endpoint Endpoint, string Payload, Func<BinanceFuturesRest, Task<object?>> Send);

    public static IReadOnlyList<EndpointCall> All { get; } =
    [
        Call("ping", Endpoints.Ping, "ping", async rest => { await rest.PingAsync(); return null; }),
        Call("time", Endpoints.Time, "time", async rest => await rest.ServerTimeAsync()),
        Call("exchangeInfo", Endpoints.ExchangeInfo, "exchangeInfo", async rest => await rest.ExchangeInfoAsync()),
        Call("klines", Endpoints.Klines, "klines", async rest => await rest.KlinesAsync(Series, From, To + 900_000, 99, RequestLane.History)),
        Call("markPriceKlines", Endpoints.MarkPriceKlines, "markPriceKlines", async rest => await rest.MarkPriceKlinesAsync(Series, From, To + 900_000, 99, RequestLane.History)),
        Call("depth", Endpoints.Depth, "depth", async rest => await rest.DepthAsync(Btc, 1_000, RequestLane.MarketData)),
        Call("aggTrades", Endpoints.AggTrades, "aggTrades", async rest => await rest.AggregateTradesAsync(Btc, null, From, To, 500, RequestLane.History)),
        Call("ticker", Endpoints.Ticker24H, "ticker24hr", async rest => await rest.DayTickerAsync(Btc)),
        Call("tickers", Endpoints.Ticker24H, "ticker24hr.all", async rest => await rest.DayTickersAsync()),
        Call("premiumIndex", Endpoints.PremiumIndex, "premiumIndex", async rest => await rest.PremiumIndexAsync(Btc)),
        Call("premiumIndexes", Endpoints.PremiumIndex, "premiumIndex.all", async rest => await rest.PremiumIndexesAsync()),
        Call("fundingRate", Endpoints.FundingRate, "fundingRate", async rest => await rest.FundingRatesAsync(Btc, null, null, 100)),
        Call("fundingInfo", Endpoints.FundingInfo, "fundingInfo", async rest => await rest.FundingInfoAsync()),
        Call("openInterest", Endpoints.OpenInterest, "openInterest", async rest => await rest.OpenInterestAsync(Btc)),
        Call("openInterestHist", Endpoints.OpenInterestHistory, "openInterestHist", async rest => await rest.OpenInterestHistoryAsync(Btc, "5m", null, null, 30)),
        Call("account", Endpoints.Account, "account", async rest => await rest.AccountAsync()),
        Call("balance", Endpoints.Balance, "balance", async rest => await rest.BalancesAsync()),
        Call("positionRisk", Endpoints.PositionRisk, "positionRisk", async rest => await rest.PositionsAsync(Btc)),
        Call("accountConfig", Endpoints.AccountConfig, "accountConfig", async rest => await rest.AccountConfigAsync()),
        Call("symbolConfig", Endpoints.SymbolConfig, "symbolConfig", async rest => await rest.SymbolSettingsAsync(Btc)),
        Call("commissionRate", Endpoints.CommissionRate, "commissionRate", async rest => await rest.FeeRatesAsync(Btc)),
        Call("leverageBracket", Endpoints.LeverageBracket, "leverageBracket", async rest => await rest.LeverageStepsAsync(Btc)),
        Call("income", Endpoints.Income, "income", async rest => await rest.IncomeAsync(null, null, From, To, 100)),
        Call("userTrades", Endpoints.UserTrades, "userTrades", async rest => await rest.UserTradesAsync(Btc, null, null, From, To, 500)),
        Call("positionMode", Endpoints.PositionMode, "positionSideDual", async rest => await rest.HedgeModeAsync()),
        Call("setPositionMode", Endpoints.SetPositionMode, "done", async rest => { await rest.SetHedgeModeAsync(false); return null; }),
        Call("setLeverage", Endpoints.SetLeverage, "setLeverage", async rest => await rest.SetLeverageAsync(Btc, 10)),
        Call("setMarginType", Endpoints.SetMarginType, "done", async rest => { await rest.SetMarginTypeAsync(Btc, MarginType.Isolated); return null; }),
        Call("countdown", Endpoints.CountdownCancelAll, "countdownCancelAll", async rest => await rest.CountdownCancelAllAsync(Btc, TimeSpan.FromMinutes(2))),
        Call("createListenKey", Endpoints.CreateListenKey, "listenKey", async rest => await rest.CreateListenKeyAsync()),
        Call("keepListenKey", Endpoints.KeepListenKey, "listenKey", async rest => await rest.KeepListenKeyAliveAsync(new("listenKEYlistenKEY"))),
        Call("closeListenKey", Endpoints.CloseListenKey, "ping", async rest => { await rest.CloseListenKeyAsync(new("listenKEYlistenKEY")); return null; }),
        Call("placeOrder", Endpoints.PlaceOrder, "order.placed", async rest => await rest.PlaceOrderAsync(Market, RequestLane.Entry)),
        Call("cancelOrder", Endpoints.CancelOrder, "order.placed", async rest => await rest.CancelOrderAsync(Btc, OrderKey.Of("fbaaABC123"), RequestLane.Protective)),
        Call("cancelAllOrders", Endpoints.CancelAllOrders, "done", async rest => await rest.CancelAllOrdersAsync(Btc, RequestLane.Protective)),
        Call("order", Endpoints.Order, "order", async rest => await rest.OrderAsync(Btc, OrderKey.Of("fbaaABC123"))),
        Call("openOrders", Endpoints.OpenOrders, "orders", async rest => await rest.OpenOrdersAsync()),
        Call("allOrders", Endpoints.AllOrders, "orders", async rest => await rest.AllOrdersAsync(Btc, null, From, To, 500)),
        Call("placeAlgoOrder", Endpoints.PlaceAlgoOrder, "algoOrder", async rest => await rest.PlaceAlgoOrderAsync(Stop, RequestLane.Protective)),
        Call("cancelAlgoOrder", Endpoints.CancelAlgoOrder, "algoOrder.cancelled", async rest => await rest.CancelAlgoOrderAsync(OrderKey.Of(2146760), RequestLane.Protective)),
        Call("cancelAllAlgoOrders", Endpoints.CancelAllAlgoOrders, "done", async rest => await rest.CancelAllAlgoOrdersAsync(Btc, RequestLane.Protective)),
        Call("algoOrder", Endpoints.AlgoOrder, "algoOrder.triggered", async rest => await rest.AlgoOrderAsync(OrderKey.Of("fbaaSTOP2"))),
        Call("openAlgoOrders", Endpoints.OpenAlgoOrders, "algoOrders", async rest => await rest.OpenAlgoOrdersAsync()),
        Call("allAlgoOrders", Endpoints.AllAlgoOrders, "algoOrders", async rest => await rest.AllAlgoOrdersAsync(Btc, null, From, To, 500)),
    ];

    public static NewOrder Market => new(Btc, OrderSide.Sell, OrderType.Market, 0.010m, "fbaaABC123");

    public static NewAlgoOrder Stop => new(Btc, OrderSide.Buy, AlgoOrderType.StopMarket, "fbaaSTOP1", TriggerPriceKind.MarkPrice, PriceProtect: true)
    {
        TriggerPrice = 69_000.00m,
        ClosePosition = true,
        TimeInForce = TimeInForce.GteGtc,
    };

    public static EndpointCall Of(string name) => All.Single(call => call.Name == name);

    private static EndpointCall Call(string name, Endpoint endpoint, string payload, Func<BinanceFuturesRest, Task<object?>> send) =>
        new(name, endpoint, payload, send);
}
