using System.Text.Json;
using FuturesBot.Simulator.Faults;
using Xunit;

namespace FuturesBot.Simulator.Tests.Trading;

public sealed class TradingCallsTests
{
    // What the usual client libraries read of each answer.
    private const string OrderFields =
        "orderId symbol status clientOrderId price executedQty origQty timeInForce type reduceOnly closePosition side positionSide stopPrice " +
        "workingType priceProtect origType priceMatch selfTradePreventionMode goodTillDate updateTime";

    private const string AlgoFields =
        "algoId clientAlgoId algoType orderType symbol side positionSide timeInForce quantity algoStatus triggerPrice price workingType " +
        "closePosition priceProtect reduceOnly createTime updateTime triggerTime goodTillDate priceMatch selfTradePreventionMode";

    private readonly TradingDesk _desk = new();

    [Fact]
    public void Place_OrderOfEachKind_HasAllFieldsButNoFills()
    {
        var acknowledged = _desk.Ok("POST /fapi/v1/order", ("symbol", "BTCUSDT"), ("side", "BUY"), ("type", "MARKET"), ("quantity", "0.01"));
        var result = _desk.TradeAtMarket("BUY", 0.01m);

        Has(acknowledged, OrderFields);
        Assert.Equal(("NEW", "0"), (acknowledged.GetProperty("status").GetString(), acknowledged.GetProperty("executedQty").GetString()));
        Assert.Equal(("FILLED", 0.01m), (result.GetProperty("status").GetString(), Number(result, "executedQty")));
        HasNot(result, "avgPrice cumQuote");
    }

    [Fact]
    public void Place_BeforeTheChangeOfJuly2026_HasFills()
    {
        var result = new TradingDesk(new ExchangeChanges { NoFillsInAnswers = false }).TradeAtMarket("BUY", 0.01m);

        Assert.True(Number(result, "avgPrice") > 0);
        Assert.Equal(Number(result, "avgPrice") * 0.01m, Number(result, "cumQuote"));
    }

    [Fact]
    public void Query_FilledOrder_HasItsFills()
    {
        var id = _desk.TradeAtMarket("BUY", 0.01m).GetProperty("orderId").GetInt64();

        var order = _desk.Ok("GET /fapi/v1/order", ("symbol", "BTCUSDT"), ("orderId", id));

        Has(order, OrderFields + " avgPrice cumQuote time");
        Assert.Equal(_desk.Engine.Archive.Find(id)!.AveragePrice, Number(order, "avgPrice"));
        Assert.Equal(-2013, _desk.Code("GET /fapi/v1/openOrder", ("symbol", "BTCUSDT"), ("orderId", id)));
    }

    [Theory]
    [InlineData("LIMIT", "BUY", "price=100000", -1102)]                                       // no timeInForce
    [InlineData("LIMIT", "BUY", "timeInForce=GTC&quantity=1", -1102)]                         // no price
    [InlineData("LIMIT", "BUY", "timeInForce=GTC&price=100000", -1102)]                       // no quantity
    [InlineData("LIMIT", "BUY", "timeInForce=GTC&quantity=x&price=1", -1100)]
    [InlineData("LIMIT", "BUY", "timeInForce=ABC&quantity=1&price=1", -1115)]
    [InlineData("LIMIT", "BUY", "timeInForce=GTC&quantity=1&price=1&priceMatch=QUEUE", -1106)]
    [InlineData("LIMIT", "BUY", "timeInForce=GTC&quantity=1&priceMatch=OPPONENT_10", -5037)]
    [InlineData("LIMIT", "BUY", "timeInForce=GTD&quantity=1&price=113000", -1102)]            // no goodTillDate
    [InlineData("LIMIT", "BUY", "timeInForce=GTC&quantity=1&price=113000&positionSide=LONG", -4061)]
    [InlineData("LIMIT", "BUY", "timeInForce=GTC&quantity=1&price=113000&selfTradePreventionMode=NO", -5039)]
    [InlineData("LIMIT", "BUY", "timeInForce=GTC&quantity=1&price=113000&newOrderRespType=FULL", -1136)]
    [InlineData("MARKET", "BUY", "quantity=1&price=1", -1106)]
    [InlineData("MARKET", "BUY", "quantity=1&timeInForce=GTC", -1106)]
    [InlineData("MARKET", "BUY", "quantity=1&closePosition=true", -4136)]
    [InlineData("MARKET", "HOLD", "quantity=1", -1117)]
    [InlineData("LATER", "BUY", "quantity=1", -1116)]
    [InlineData("STOP_MARKET", "SELL", "quantity=1&stopPrice=1", -4120)]
    [InlineData("STOP", "SELL", "quantity=1&stopPrice=1", -4120)]
    [InlineData("TAKE_PROFIT", "SELL", "quantity=1&stopPrice=1", -4120)]
    [InlineData("TAKE_PROFIT_MARKET", "SELL", "closePosition=true", -4120)]
    [InlineData("TRAILING_STOP_MARKET", "SELL", "quantity=1&callbackRate=1", -4120)]
    public void Place_WrongParameters_IsRefused(string type, string side, string rest, int code)
    {
        var sent = rest.Split('&').Select(pair => pair.Split('=')).Select(pair => (pair[0], (object)pair[1]));

        Assert.Equal(code, _desk.Code("POST /fapi/v1/order", [("symbol", "BTCUSDT"), ("type", type), ("side", side), .. sent]));
        Assert.Empty(_desk.Events.Events);
    }

    [Theory]
    [InlineData("", -1102)]
    [InlineData("NOSUCHUSDT", -1121)]
    public void Place_WithoutAKnownSymbol_IsRefused(string symbol, int code) =>
        Assert.Equal(code, _desk.Code("POST /fapi/v1/order", ("symbol", symbol), ("side", "BUY"), ("type", "MARKET"), ("quantity", 1)));

    [Fact]
    public void Cancel_OpenOrder_IsAnsweredAndThenUnknown()
    {
        _desk.Limit("BUY", 0.01m, _desk.Bid - 500, "mine");

        var cancelled = _desk.Ok("DELETE /fapi/v1/order", ("symbol", "BTCUSDT"), ("origClientOrderId", "mine"));

        Has(cancelled, OrderFields);
        HasNot(cancelled, "avgPrice cumQuote");
        Assert.Equal("CANCELED", cancelled.GetProperty("status").GetString());
        Assert.Equal(-2011, _desk.Code("DELETE /fapi/v1/order", ("symbol", "BTCUSDT"), ("origClientOrderId", "mine")));
        Assert.Equal("CANCELED", _desk.Ok("GET /fapi/v1/order", ("symbol", "BTCUSDT"), ("origClientOrderId", "mine")).GetProperty("status").GetString());
        Assert.Equal(-2013, _desk.Code("GET /fapi/v1/order", ("symbol", "BTCUSDT"), ("orderId", 1)));
        Assert.Equal(-1102, _desk.Code("GET /fapi/v1/order", ("symbol", "BTCUSDT")));
    }

    [Fact]
    public void Orders_NotSettled_AreNotFoundForAWhile()
    {
        _desk.HiddenMs = 3_000;
        _desk.Limit("BUY", 0.01m, _desk.Bid - 500, "mine");
        _desk.Stop("SELL", _desk.Bid - 2_000, "stop");

        Assert.Equal(-2013, _desk.Code("GET /fapi/v1/order", ("symbol", "BTCUSDT"), ("origClientOrderId", "mine")));
        Assert.Equal(-2011, _desk.Code("DELETE /fapi/v1/order", ("symbol", "BTCUSDT"), ("origClientOrderId", "mine")));
        Assert.Equal(-2013, _desk.Code("GET /fapi/v1/algoOrder", ("clientAlgoId", "stop")));
        Assert.Equal(-2011, _desk.Code("DELETE /fapi/v1/algoOrder", ("clientAlgoId", "stop")));
        Assert.Equal(0, _desk.Ok("GET /fapi/v1/openOrders").GetArrayLength() + _desk.Ok("GET /fapi/v1/openAlgoOrders").GetArrayLength());
        _desk.Wall.Advance(TimeSpan.FromMilliseconds(3_000));

        Assert.Equal(1, _desk.Ok("GET /fapi/v1/openOrders").GetArrayLength());
        Assert.Equal("NEW", _desk.Ok("GET /fapi/v1/algoOrder", ("clientAlgoId", "stop")).GetProperty("algoStatus").GetString());
        _desk.Ok("DELETE /fapi/v1/order", ("symbol", "BTCUSDT"), ("origClientOrderId", "mine"));
    }

    [Fact]
    public void Amend_OpenOrder_ChangesItAndKeepsItsHistory()
    {
        _desk.Limit("BUY", 0.01m, _desk.Bid - 500, "mine");

        var changed = _desk.Ok(
            "PUT /fapi/v1/order", ("symbol", "BTCUSDT"), ("side", "BUY"), ("origClientOrderId", "mine"), ("quantity", "0.02"), ("price", _desk.Bid - 600));
        var history = _desk.Ok("GET /fapi/v1/orderAmendment", ("symbol", "BTCUSDT"), ("origClientOrderId", "mine"));

        Assert.Equal((0.02m, _desk.Bid - 600), (Number(changed, "origQty"), Number(changed, "price")));
        Assert.Equal("0.010", history[0].GetProperty("amendment").GetProperty("origQty").GetProperty("before").GetString());
        Assert.Contains(_desk.Events.Orders("ORDER_TRADE_UPDATE"), one => one.GetProperty("x").GetString() == "AMENDMENT");
        Assert.Equal(-2013, _desk.Code("PUT /fapi/v1/order", ("symbol", "BTCUSDT"), ("side", "BUY"), ("orderId", 5), ("quantity", 1), ("price", 1)));
    }

    [Fact]
    public void Batch_OfGoodAndBad_AnswersEach()
    {
        var price = _desk.Bid - 500;
        var batch = $$"""
            [{"symbol":"BTCUSDT","side":"BUY","type":"LIMIT","timeInForce":"GTC","quantity":"0.01","price":"{{price}}","newClientOrderId":"a"},
             {"symbol":"BTCUSDT","side":"SELL","type":"MARKET","quantity":"0.01","reduceOnly":"true"},
             {"symbol":"BTCUSDT","side":"BUY","type":"LIMIT","timeInForce":"GTC","quantity":0.02,"price":{{price}},"newClientOrderId":"b"}]
            """;

        var placed = _desk.Ok("POST /fapi/v1/batchOrders", ("batchOrders", batch));
        var cancelled = _desk.Ok("DELETE /fapi/v1/batchOrders", ("symbol", "BTCUSDT"), ("origClientOrderIdList", """["a","none"]"""));

        Assert.Equal(("a", -2022, "b"), (
            placed[0].GetProperty("clientOrderId").GetString(), placed[1].GetProperty("code").GetInt32(), placed[2].GetProperty("clientOrderId").GetString()));
        Assert.Equal(("CANCELED", -2011), (cancelled[0].GetProperty("status").GetString(), cancelled[1].GetProperty("code").GetInt32()));
    }

    [Theory]
    [InlineData("nothing", -1100)]
    [InlineData("{}", -1100)]
    [InlineData("[1]", -1100)]
    [InlineData("[]", -4082)]
    [InlineData("[{},{},{},{},{},{}]", -4082)]
    public void Batch_OfAnotherForm_IsRefused(string batch, int code) =>
        Assert.Equal(code, _desk.Code("POST /fapi/v1/batchOrders", ("batchOrders", batch)));

    [Fact]
    public void CancelAll_OfASymbol_LeavesStopsAndOtherSymbols()
    {
        _desk.Limit("BUY", 0.01m, _desk.Bid - 500, "mine");
        _desk.Stop("SELL", _desk.Bid - 2_000, "stop");
        _desk.Ok("POST /fapi/v1/order", ("symbol", "ETHUSDT"), ("side", "BUY"), ("type", "LIMIT"), ("timeInForce", "GTC"), ("quantity", 1), ("price", 4_000));

        Assert.Equal(200, _desk.Ok("DELETE /fapi/v1/allOpenOrders", ("symbol", "BTCUSDT")).GetProperty("code").GetInt32());

        Assert.Equal("ETHUSDT", _desk.Ok("GET /fapi/v1/openOrders")[0].GetProperty("symbol").GetString());
        Assert.Equal(1, _desk.Ok("GET /fapi/v1/openAlgoOrders").GetArrayLength());
        _desk.Ok("DELETE /fapi/v1/algoOpenOrders", ("symbol", "BTCUSDT"));
        Assert.Equal(0, _desk.Ok("GET /fapi/v1/openAlgoOrders", ("symbol", "BTCUSDT")).GetArrayLength());
    }

    [Theory]
    [InlineData("STOP_MARKET", "triggerPrice=100000&quantity=1&algoType=VP", -1130)]
    [InlineData("STOP_MARKET", "triggerPrice=100000", -1102)]                                          // no quantity
    [InlineData("STOP_MARKET", "quantity=1", -1102)]                                                   // no triggerPrice
    [InlineData("STOP_MARKET", "triggerPrice=100000&quantity=1&closePosition=true", -4137)]
    [InlineData("STOP_MARKET", "triggerPrice=100000&reduceOnly=true&closePosition=true", -1106)]
    [InlineData("STOP", "triggerPrice=100000&price=99000&closePosition=true", -4136)]
    [InlineData("STOP", "triggerPrice=100000&quantity=1", -1102)]                                      // no price
    [InlineData("STOP_MARKET", "triggerPrice=100000&quantity=1&price=1", -1106)]
    [InlineData("STOP_MARKET", "triggerPrice=100000&quantity=1&activatePrice=1", -1106)]
    [InlineData("STOP_MARKET", "triggerPrice=100000&quantity=1&workingType=INDEX", -4031)]
    [InlineData("STOP_MARKET", "triggerPrice=100000.05&quantity=1", -1111)]
    [InlineData("STOP_MARKET", "triggerPrice=200000&quantity=1", -2021)]
    [InlineData("STOP_MARKET", "triggerPrice=100000&closePosition=true&timeInForce=GTE_GTC", -4509)]
    [InlineData("LIMIT", "triggerPrice=100000&quantity=1", -1116)]
    [InlineData("TRAILING_STOP_MARKET", "activatePrice=100000&callbackRate=1&quantity=1", -4999)]
    public void PlaceAlgo_WrongParameters_IsRefused(string type, string rest, int code)
    {
        var sent = rest.Split('&').Select(pair => pair.Split('=')).Select(pair => (pair[0], (object)pair[1])).ToList();
        if (!rest.Contains("algoType", StringComparison.Ordinal)) sent.Add(("algoType", "CONDITIONAL"));

        Assert.Equal(code, _desk.Code("POST /fapi/v1/algoOrder", [("symbol", "BTCUSDT"), ("type", type), ("side", "SELL"), .. sent]));
        Assert.Empty(_desk.Events.Events);
    }

    [Fact]
    public void Algo_FromPlacingToCancelling_NeedsNoSymbol()
    {
        var placed = _desk.Stop("SELL", _desk.Bid - 2_000, "stop");
        var found = _desk.Ok("GET /fapi/v1/algoOrder", ("algoId", placed.GetProperty("algoId").GetInt64()));
        var cancelled = _desk.Ok("DELETE /fapi/v1/algoOrder", ("clientAlgoId", "stop"));

        Has(placed, AlgoFields);
        Has(found, AlgoFields + " actualOrderId actualPrice");
        Assert.Equal(("", "STOP_MARKET"), (found.GetProperty("actualOrderId").GetString(), found.GetProperty("orderType").GetString()));
        Assert.Equal("CANCELED", cancelled.GetProperty("algoStatus").GetString());
        Assert.Equal(-2011, _desk.Code("DELETE /fapi/v1/algoOrder", ("clientAlgoId", "stop")));
        Assert.Equal(-2013, _desk.Code("GET /fapi/v1/algoOrder", ("algoId", 7)));
        Assert.Equal(-1102, _desk.Code("GET /fapi/v1/algoOrder"));
        Assert.Equal(["NEW", "CANCELED"], _desk.Events.Orders("ALGO_UPDATE").Select(one => one.GetProperty("X").GetString()!));
        Assert.DoesNotContain(_desk.Endpoints, endpoint => endpoint is { Method: "PUT", Path: "/fapi/v1/algoOrder" });
    }

    [Fact]
    public void Algo_MarketReachesIt_LivesItsWholeLife()
    {
        _desk.TradeAtMarket("BUY", 0.01m);
        // A stop below and a target above, both near: one of them is reached soon.
        var mark = _desk.Engine.Mark(_desk.Engine.Desks[0]);
        _desk.Stop("SELL", Math.Round(mark - 10, 1), "stop");
        _desk.Ok(
            "POST /fapi/v1/algoOrder", ("algoType", "CONDITIONAL"), ("symbol", "BTCUSDT"), ("side", "SELL"), ("type", "TAKE_PROFIT_MARKET"),
            ("triggerPrice", Math.Round(mark + 10, 1)), ("closePosition", "true"), ("workingType", "MARK_PRICE"), ("clientAlgoId", "target"),
            ("timeInForce", "GTE_GTC"));
        _desk.Events.Events.Clear();

        for (var minute = 0; minute < 60 && _desk.Engine.Desks[0].Position.Amount != 0; minute++) _desk.Pass(60_000);

        Assert.Equal(0m, _desk.Engine.Desks[0].Position.Amount);
        var life = _desk.Events.Orders("ALGO_UPDATE").ToArray();
        var reached = life[0].GetProperty("caid").GetString();
        var updates = life.Where(one => one.GetProperty("caid").GetString() == reached).ToArray();
        Assert.Equal(["TRIGGERING", "TRIGGERED", "FINISHED"], updates.Select(one => one.GetProperty("X").GetString()!));
        Assert.Equal("", updates[0].GetProperty("ai").GetString());
        var actual = updates[2].GetProperty("ai").GetString();
        Assert.Equal(actual, _desk.Ok("GET /fapi/v1/algoOrder", ("clientAlgoId", reached!)).GetProperty("actualOrderId").GetString());
        Assert.Equal(actual, _desk.Ok("GET /fapi/v1/order", ("symbol", "BTCUSDT"), ("orderId", actual!)).GetProperty("orderId").GetInt64().ToString());
        Has(updates[2], "s at aid ai caid p q ap aq R cp S X tp f o wt ps pP pm V gtd tt ia rm");
    }

    [Fact]
    public void Events_OfAMarketOrder_ComeInOrderWithAllFields()
    {
        _desk.TradeAtMarket("BUY", 0.01m);

        Assert.Equal(["ORDER_TRADE_UPDATE", "TRADE_LITE", "ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE"], _desk.Events.Types.Take(4));
        Assert.All(_desk.Events.Events, one => Has(one, "e E T"));
        Assert.All(
            _desk.Events.Orders("ORDER_TRADE_UPDATE"),
            one => Has(one, "s c S o f q p ap sp x X i l z L n N T t b a m R wt ot ps cp rp pP V pm gtd er"));
        Has(_desk.Events.Events[1], "s q p m c S L l t i");
        var account = _desk.Events.Events[2].GetProperty("a");
        Assert.Equal("ORDER", account.GetProperty("m").GetString());
        Has(account.GetProperty("B")[0], "a wb cw bc");
        Has(account.GetProperty("P")[0], "s pa ep bep cr up mt iw ps");
    }

    [Fact]
    public void Events_BeforeTheirChanges_LackTheNewFields()
    {
        var desk = new TradingDesk(new ExchangeChanges { ExpiryReason = false, AlgoInstance = false });
        desk.TradeAtMarket("BUY", 0.01m);
        desk.Stop("SELL", desk.Bid - 2_000, "stop");

        HasNot(desk.Events.Orders("ORDER_TRADE_UPDATE").First(), "er");
        HasNot(desk.Events.Orders("ALGO_UPDATE").First(), "ia");
    }

    [Fact]
    public void Calls_BeforeTheirChanges_AreAsTheyWere()
    {
        var desk = new TradingDesk(new ExchangeChanges
        {
            NoDeepOpponents = false,
            NoNestedAlgoPrices = false,
            ModifyId = false,
            AllOrdersOfAllSymbols = false,
            ShortTradeHistory = false,
        });
        (string, object) btc = ("symbol", "BTCUSDT");

        var deep = desk.Ok("POST /fapi/v1/order", btc, ("side", "SELL"), ("type", "LIMIT"), ("timeInForce", "GTX"), ("quantity", "0.01"), ("priceMatch", "QUEUE_20"));
        var opponent = desk.Ok("POST /fapi/v1/order", btc, ("side", "BUY"), ("type", "LIMIT"), ("timeInForce", "IOC"), ("quantity", "0.01"), ("priceMatch", "OPPONENT_10"));
        var changed = desk.Ok(
            "PUT /fapi/v1/order", btc, ("side", "SELL"), ("orderId", deep.GetProperty("orderId").GetInt64()), ("quantity", "0.02"), ("price", deep.GetProperty("price").GetString()!));
        desk.Stop("SELL", desk.Bid - 2_000, "stop");

        Assert.True(Number(opponent, "price") > desk.Ask, "the tenth ask lies beyond the first");
        HasNot(changed, "modifyId");
        Has(desk.Ok("GET /fapi/v1/algoOrder", ("clientAlgoId", "stop")), "tpTriggerPrice tpPrice slTriggerPrice slPrice tpOrderType");
        Assert.Equal(-1102, desk.Code("GET /fapi/v1/allOrders"));
    }

    [Fact]
    public void Calls_AfterTheirChanges_AreAsTheyAre()
    {
        (string, object) btc = ("symbol", "BTCUSDT");
        var order = _desk.Limit("BUY", 0.01m, _desk.Bid - 500, "l");
        _desk.Stop("SELL", _desk.Bid - 2_000, "stop");

        var changed = _desk.Ok(
            "PUT /fapi/v1/order", btc, ("side", "BUY"), ("orderId", order.GetProperty("orderId").GetInt64()), ("quantity", "0.02"), ("price", _desk.Bid - 500));

        Assert.Equal(1, changed.GetProperty("modifyId").GetInt32());
        HasNot(_desk.Ok("GET /fapi/v1/algoOrder", ("clientAlgoId", "stop")), "tpTriggerPrice slPrice");
        Assert.Equal(1, _desk.Ok("GET /fapi/v1/allOrders").GetArrayLength());
    }

    [Fact]
    public void Funding_AtItsTime_IsPaidToldAndListed()
    {
        _desk.TradeAtMarket("BUY", 0.01m);

        _desk.Pass(6 * 3_600_000);   // 02:00 to 08:00 UTC

        var told = _desk.Events.Events.Single(one => one.GetProperty("e").GetString() == "ACCOUNT_UPDATE"
            && one.GetProperty("a").GetProperty("m").GetString() == "FUNDING_FEE").GetProperty("a");
        var listed = _desk.Ok("GET /fapi/v1/income", ("symbol", "BTCUSDT"), ("incomeType", "FUNDING_FEE"));
        var rate = _desk.Market.FundingRates(0, null, null, 1)[0];
        Assert.Equal(Math.Round(-0.01m * rate.Mark * rate.Rate, 8), Number(listed[0], "income"));
        Assert.Equal(Number(listed[0], "income"), Number(told.GetProperty("B")[0], "bc"));
        Assert.Equal(0, told.GetProperty("P").GetArrayLength());
        Assert.Equal(_desk.Engine.Account.Wallet, Number(told.GetProperty("B")[0], "wb"));
    }

    [Fact]
    public void Account_AfterAFill_AddsUpInEveryAnswer()
    {
        _desk.TradeAtMarket("SELL", 0.02m);

        var v3 = _desk.Ok("GET /fapi/v3/account");
        var v2 = _desk.Ok("GET /fapi/v2/account");
        var balance = _desk.Ok("GET /fapi/v3/balance")[0];
        var position = _desk.Ok("GET /fapi/v3/positionRisk")[0];
        var trades = _desk.Ok("GET /fapi/v1/userTrades", ("symbol", "BTCUSDT"));
        var income = _desk.Ok("GET /fapi/v1/income");

        var wallet = 10_000m + income.EnumerateArray().Sum(row => Number(row, "income"));
        Assert.Equal(wallet, Number(balance, "balance"));
        Assert.Equal(wallet, Number(v3, "totalWalletBalance"));
        Assert.Equal(wallet, Number(v2.GetProperty("assets")[0], "walletBalance"));
        Assert.Equal(-trades.EnumerateArray().Sum(row => Number(row, "commission")), income.EnumerateArray().Sum(row => Number(row, "income")));
        Assert.Equal(-0.02m, Number(position, "positionAmt"));
        Assert.Equal(Number(v3, "totalUnrealizedProfit"), Number(position, "unRealizedProfit"));
        Assert.Equal(
            Number(v3, "totalMarginBalance") - Number(v3, "totalInitialMargin"), Number(v3, "availableBalance"));
        Has(position, "symbol positionSide positionAmt entryPrice breakEvenPrice markPrice unRealizedProfit liquidationPrice notional marginAsset initialMargin maintMargin updateTime");
        Has(trades[0], "buyer commission commissionAsset id maker orderId price qty quoteQty realizedPnl side positionSide symbol time");
        Has(income[0], "symbol incomeType income asset info time tranId tradeId");
        Assert.Equal(12, _desk.Ok("GET /fapi/v2/positionRisk").GetArrayLength());
        Assert.Equal(1, _desk.Ok("GET /fapi/v3/positionRisk").GetArrayLength());
    }

    [Fact]
    public void Trades_Windows_AreAtMostSevenDays()
    {
        var now = _desk.Market.NowMs;
        const long Week = 7 * 24 * 3_600_000L;
        _desk.TradeAtMarket("BUY", 0.01m);

        Assert.Equal(-4165, _desk.Code("GET /fapi/v1/userTrades", ("symbol", "BTCUSDT"), ("startTime", now - Week - 1), ("endTime", now)));
        Assert.Equal(1, _desk.Ok("GET /fapi/v1/userTrades", ("symbol", "BTCUSDT"), ("startTime", now - Week), ("endTime", now)).GetArrayLength());
        Assert.Equal(0, _desk.Ok("GET /fapi/v1/userTrades", ("symbol", "BTCUSDT"), ("endTime", now - 1)).GetArrayLength());
        Assert.Equal(-1128, _desk.Code("GET /fapi/v1/userTrades", ("symbol", "BTCUSDT"), ("fromId", 1), ("startTime", now)));
        Assert.Equal(-4165, _desk.Code("GET /fapi/v1/allAlgoOrders", ("symbol", "BTCUSDT"), ("startTime", now - Week - 1), ("endTime", now)));
        Assert.Equal(-1023, _desk.Code("GET /fapi/v1/allOrders", ("symbol", "BTCUSDT"), ("startTime", now), ("endTime", now - 1)));
        Assert.Equal(1, _desk.Ok("GET /fapi/v1/allOrders").GetArrayLength());
    }

    [Fact]
    public void AllAlgoOrders_EndedOnes_AreListed()
    {
        _desk.Stop("SELL", _desk.Bid - 2_000, "a");
        _desk.Ok("DELETE /fapi/v1/algoOrder", ("clientAlgoId", "a"));
        _desk.Stop("SELL", _desk.Bid - 2_000, "b");

        var all = _desk.Ok("GET /fapi/v1/allAlgoOrders", ("symbol", "BTCUSDT"));
        var second = _desk.Ok("GET /fapi/v1/allAlgoOrders", ("symbol", "BTCUSDT"), ("limit", 1), ("page", 2));

        Assert.Equal(["a", "b"], all.EnumerateArray().Select(one => one.GetProperty("clientAlgoId").GetString()!));
        Assert.Equal("b", Assert.Single(second.EnumerateArray()).GetProperty("clientAlgoId").GetString());
    }

    [Fact]
    public void Settings_Changed_AreKeptAndToldOnce()
    {
        var set = _desk.Ok("POST /fapi/v1/leverage", ("symbol", "BTCUSDT"), ("leverage", 5));

        Assert.Equal(5, set.GetProperty("leverage").GetInt32());
        Assert.Equal(5, _desk.Ok("GET /fapi/v1/symbolConfig", ("symbol", "BTCUSDT"))[0].GetProperty("leverage").GetInt32());
        Assert.Equal(5, _desk.Events.Events.Single().GetProperty("ac").GetProperty("l").GetInt32());
        Assert.Equal(-4028, _desk.Code("POST /fapi/v1/leverage", ("symbol", "BTCUSDT"), ("leverage", 126)));
        Assert.Equal(-4046, _desk.Code("POST /fapi/v1/marginType", ("symbol", "BTCUSDT"), ("marginType", "CROSSED")));
        _desk.Ok("POST /fapi/v1/marginType", ("symbol", "BTCUSDT"), ("marginType", "ISOLATED"));
        Assert.Equal("ISOLATED", _desk.Ok("GET /fapi/v1/symbolConfig", ("symbol", "BTCUSDT"))[0].GetProperty("marginType").GetString());
        _desk.TradeAtMarket("BUY", 0.01m);
        Assert.Equal(-4048, _desk.Code("POST /fapi/v1/marginType", ("symbol", "BTCUSDT"), ("marginType", "CROSSED")));
    }

    [Fact]
    public void Leverage_LessThanThePositionAllows_IsRefused()
    {
        _desk.TradeAtMarket("BUY", 0.5m);   // about 57,000 USDT on 10,000

        Assert.Equal(-2028, _desk.Code("POST /fapi/v1/leverage", ("symbol", "BTCUSDT"), ("leverage", 5)));
        Assert.Equal(20, _desk.Engine.Desks[0].Leverage);
        _desk.Ok("POST /fapi/v1/leverage", ("symbol", "BTCUSDT"), ("leverage", 7));
    }

    [Fact]
    public void PositionMode_IsOneWayAndSaysSo()
    {
        Assert.False(_desk.Ok("GET /fapi/v1/positionSide/dual").GetProperty("dualSidePosition").GetBoolean());
        Assert.Equal(-4059, _desk.Code("POST /fapi/v1/positionSide/dual", ("dualSidePosition", "false")));
        Assert.Equal(-4999, _desk.Code("POST /fapi/v1/positionSide/dual", ("dualSidePosition", "true")));
        _desk.TradeAtMarket("BUY", 0.01m);
        Assert.Equal(-4068, _desk.Code("POST /fapi/v1/positionSide/dual", ("dualSidePosition", "true")));
        _desk.Stop("SELL", _desk.Bid - 2_000, "stop");
        Assert.Equal(-4067, _desk.Code("POST /fapi/v1/positionSide/dual", ("dualSidePosition", "true")));
    }

    [Fact]
    public void NotModelled_Calls_SaySo()
    {
        Assert.Equal(-4999, _desk.Code("POST /fapi/v1/positionMargin"));
        Assert.Equal(-4999, _desk.Code("POST /fapi/v1/multiAssetsMargin", ("multiAssetsMargin", "true")));
        Assert.Equal(-4999, _desk.Code("POST /fapi/v1/feeBurn", ("feeBurn", "true")));
        foreach (var call in (string[])["POST /fapi/v1/convert/getQuote", "GET /fapi/v1/income/asyn", "GET /fapi/v1/trade/asyn/id", "POST /fapi/v1/stock/contract"])
            Assert.Equal(-4999, _desk.Code(call));
    }

    [Theory]
    [InlineData("GET /fapi/v1/commissionRate", "symbol makerCommissionRate takerCommissionRate", true)]
    [InlineData("GET /fapi/v1/leverageBracket", "symbol brackets notionalCoef", true)]
    [InlineData("GET /fapi/v1/symbolConfig", "symbol marginType isAutoAddMargin leverage maxNotionalValue", true)]
    [InlineData("GET /fapi/v1/rateLimit/order", "rateLimitType interval intervalNum limit", false)]
    [InlineData("GET /fapi/v1/accountConfig", "feeTier canTrade canDeposit canWithdraw dualSidePosition updateTime multiAssetsMargin tradeGroupId", false)]
    [InlineData("GET /fapi/v1/multiAssetsMargin", "multiAssetsMargin", false)]
    [InlineData("GET /fapi/v1/feeBurn", "feeBurn", false)]
    [InlineData("GET /fapi/v1/apiTradingStatus", "indicators updateTime", false)]
    public void Answers_OfSettings_HaveTheirFields(string call, string fields, bool hasSymbol)
    {
        var answer = hasSymbol ? _desk.Ok(call, ("symbol", "BTCUSDT")) : _desk.Ok(call);

        Has(answer.ValueKind == JsonValueKind.Array ? answer[0] : answer, fields);
    }

    [Fact]
    public void Adl_OfAPosition_IsLowest()
    {
        Assert.Equal(0, _desk.Ok("GET /fapi/v1/adlQuantile").GetArrayLength());
        _desk.TradeAtMarket("BUY", 0.01m);

        Assert.Equal(0, _desk.Ok("GET /fapi/v1/adlQuantile")[0].GetProperty("adlQuantile").GetProperty("BOTH").GetInt32());
    }

    [Fact]
    public void Countdown_Armed_CancelsWhenMarketTimeIsUp()
    {
        _desk.Limit("BUY", 0.01m, _desk.Bid - 5_000, "mine");
        var armed = _desk.Ok("POST /fapi/v1/countdownCancelAll", ("symbol", "BTCUSDT"), ("countdownTime", 5_000));

        Assert.Equal("5000", armed.GetProperty("countdownTime").GetString());
        _desk.Pass(5_000);

        Assert.Equal(0, _desk.Ok("GET /fapi/v1/openOrders").GetArrayLength());
    }

    [Fact]
    public void RestingOrder_MarketComesToIt_FillsAsMaker()
    {
        _desk.Limit("BUY", 0.01m, _desk.Bid - 20, "low");
        _desk.Limit("SELL", 0.01m, _desk.Ask + 20, "high");

        for (var minute = 0; minute < 120 && _desk.Engine.Archive.Fills.Count == 0; minute++) _desk.Pass(60_000);

        var fill = _desk.Engine.Archive.Fills[0];
        Assert.True(fill.IsMaker);
        Assert.Equal(fill.Order.Price, fill.Price);
        var traded = _desk.Market.AggTrades(0, null, null, null, 1_000).Select(trade => _desk.Market.Symbols[0].Price(trade.Ticks));
        Assert.Contains(traded, price => fill.Order.Side == FuturesBot.Simulator.Trading.OrderSide.Buy ? price <= fill.Price : price >= fill.Price);
    }

    private static void Has(JsonElement element, string fields)
    {
        foreach (var field in fields.Split(' '))
            Assert.True(element.TryGetProperty(field, out _), $"{field} is missing in {element}");
    }

    private static void HasNot(JsonElement element, string fields)
    {
        foreach (var field in fields.Split(' '))
            Assert.False(element.TryGetProperty(field, out _), $"{field} is in {element}");
    }

    private static decimal Number(JsonElement element, string name) =>
        decimal.Parse(element.GetProperty(name).GetString()!);
}
