using System.Security.Cryptography;
using System.Text;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Rest;

/// <summary>Every endpoint against an answer written from the exchange's list of its fields.</summary>
public sealed class ContractTests : IDisposable
{
    private readonly StubExchange _exchange = new();

    public static TheoryData<string> Calls => [.. EndpointCalls.All.Select(call => call.Name)];

    public void Dispose() => _exchange.Dispose();

    [Theory, MemberData(nameof(Calls))]
    public async Task AnyCall_GoesToItsEndpointWithItsSecurity(string name)
    {
        var call = EndpointCalls.Of(name);
        await Send(name);

        var request = Assert.Single(_exchange.AllRequests, request => request.Line == call.Endpoint.Name);
        Assert.Equal(call.Endpoint.Security == RequestSecurity.None ? null : StubExchange.Key, request.ApiKey);
        Assert.Equal(call.Endpoint.Security == RequestSecurity.Signed, request.Parameters.ContainsKey("signature"));
        Assert.Equal("", call.Endpoint.Method == HttpMethod.Get ? request.Body : request.Query);
        if (request.Body.Length > 0) Assert.Equal("application/x-www-form-urlencoded", request.ContentType);
        if (call.Endpoint.Security != RequestSecurity.Signed) return;

        var payload = (request.Query + request.Body).TrimStart('?');
        var (signed, signature) = (payload[..payload.IndexOf("&signature=")], request.Parameters["signature"]);
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(StubExchange.SecretText), Encoding.UTF8.GetBytes(signed))), signature);
        Assert.Equal("5000", request.Parameters["recvWindow"]);
        Assert.Equal($"{_exchange.NowMs}", request.Parameters["timestamp"]);
    }

    [Fact]
    public void Calls_OfTheTable_AreAllTestedHere() =>
        Assert.Empty(Endpoints.All.Except(EndpointCalls.All.Select(call => call.Endpoint)).Except([Endpoints.ApiRestrictions]));

    [Fact]
    public async Task ExchangeInfo_GivesSymbolsWithRulesAndLimits()
    {
        var info = await Ask<ExchangeInfo>("exchangeInfo");

        Assert.Equal(["BTCUSDT", "币安人生USDT", "TSLAUSDT"], info.Symbols.Select(symbol => symbol.Symbol.Name));
        Assert.Equal(
            new(Symbol.Btc, new(0.10m, 0.001m, 100m, 0.001m, 120m), "PERPETUAL", "COIN", "TRADING", "BTC", "USDT", 1569398400000),
            info.Symbols[0]);
        Assert.Equal(("TRADIFI_PERPETUAL", "EQUITY"), (info.Symbols[2].ContractType, info.Symbols[2].UnderlyingType));
        Assert.Equal(5_000_000m, info.Symbols[1].Rules.MaxMarketQuantity);
        Assert.Contains(new("REQUEST_WEIGHT", TimeSpan.FromMinutes(1), 2_400), info.Limits);
        Assert.Contains(new("ORDERS", TimeSpan.FromSeconds(10), 300), info.Limits);
        Assert.Empty(info.LeftOut);
        Assert.DoesNotContain(_exchange.Logs.Lines, line => line.Contains("New from the exchange"));
    }

    [Fact]
    public async Task ExchangeInfo_OfTheFuture_IsReadAndEveryNewThingToldOnce()
    {
        _exchange.Answer("GET /fapi/v1/exchangeInfo", Payload.Read("exchangeInfo.future"));
        await _exchange.Rest.ExchangeInfoAsync(cancel: TestContext.Current.CancellationToken);
        var info = await _exchange.Rest.ExchangeInfoAsync(cancel: TestContext.Current.CancellationToken);

        Assert.Equal(["BTCUSDT", "ETHUSDT"], info.Symbols.Select(symbol => symbol.Symbol.Name));
        Assert.Equal(("HALTED_FOR_LUNCH", 0L), (info.Symbols[0].Status, info.Symbols[0].OnboardMs));
        Assert.Equal(SymbolRules.DefaultMinNotional, info.Symbols[1].Rules.MinNotional);
        Assert.Equal(3, info.LeftOut.Count);
        string[] news =
        [
            "exchangeInfo field 'sessionPlan'", "exchangeInfo symbol field 'st'", "exchangeInfo filter 'LUNAR_PHASE'",
            "exchangeInfo contractType 'PERPETUAL_ISLAMIC'", "exchangeInfo status 'HALTED_FOR_LUNCH'", "exchangeInfo underlyingType 'WEATHER'",
            "exchangeInfo rate limit interval 'FORTNIGHT'", "exchangeInfo symbol NOFILTERUSDT: no positive",
        ];
        Assert.All(news, one => Assert.Single(_exchange.Logs.Lines, line => line.Contains(one)));
    }

    [Fact]
    public async Task Klines_GivesClosedCandlesAndLeavesTheRunningOneOut()
    {
        var page = await Ask<KlinePage>("klines");

        Assert.Equal(4, page.Closed.Count);
        Assert.Equal(
            new(1793530800000, 68000.10, 68100.00, 67950.00, 68050.50, 1234.567, 84012345.67, 600.123, 45678), page.Closed[0]);
        Assert.Equal((0.0, 0L), (page.Closed[2].Volume, page.Closed[2].Trades));   // minutes without a trade have a candle
        Assert.Equal(1793534400000, page.Running);
        Assert.Equal(
            ("BTCUSDT", "15m", "1793530800000", "1793535299999", "99"),
            (Sent("symbol"), Sent("interval"), Sent("startTime"), Sent("endTime"), Sent("limit")));
    }

    [Fact]
    public async Task Klines_AskedJustBeforeTheCloseAndAnsweredAfter_DoesNotBelieveTheLastOne()
    {
        // The answer may be older than the moment at which it arrives.
        _exchange.Time.Advance(TimeSpan.FromMinutes(14.8));
        _exchange.Reply("GET /fapi/v1/klines", _ =>
        {
            _exchange.Time.Advance(TimeSpan.FromSeconds(4));
            return StubExchange.Json(Payload.Read("klines"));
        });
        var page = await _exchange.Rest.KlinesAsync(EndpointCalls.Series, null, null, 99, RequestLane.MarketData, TestContext.Current.CancellationToken);
        Assert.Equal(1793534400000, page.Running);

        _exchange.Time.Advance(TimeSpan.FromSeconds(10));
        page = await _exchange.Rest.KlinesAsync(EndpointCalls.Series, null, null, 99, RequestLane.MarketData, TestContext.Current.CancellationToken);
        Assert.Null(page.Running);
        Assert.Equal(5, page.Closed.Count);
    }

    [Fact]
    public async Task Klines_TheExchangeFellBehindTheClockHere_DoesNotBelieveTheRunningOne()
    {
        // The clock was read when both agreed. Then the exchange stood still for five minutes, and the clock here did not.
        await _exchange.Rest.SynchroniseClockAsync(TestContext.Current.CancellationToken);
        var behindMs = 300_000;
        _exchange.Answer("GET /fapi/v1/time", () => $$"""{"serverTime":{{_exchange.NowMs - behindMs}}}""");
        _exchange.Answer("GET /fapi/v1/klines", Payload.Read("klines"));
        _exchange.Time.Advance(TimeSpan.FromMinutes(16));
        var asked = _exchange.TimeRequests;

        var page = await _exchange.Rest.KlinesAsync(EndpointCalls.Series, null, null, 99, RequestLane.MarketData, TestContext.Current.CancellationToken);
        Assert.Equal(1793534400000, page.Running);
        Assert.Equal(4, page.Closed.Count);

        behindMs = 0;
        page = await _exchange.Rest.KlinesAsync(EndpointCalls.Series, null, null, 99, RequestLane.MarketData, TestContext.Current.CancellationToken);
        Assert.Null(page.Running);
        Assert.Equal(asked + 2, _exchange.TimeRequests);

        // Known from now on: the next ones of this closing time cost nothing more.
        await _exchange.Rest.KlinesAsync(EndpointCalls.Series, null, null, 99, RequestLane.MarketData, TestContext.Current.CancellationToken);
        Assert.Equal(asked + 2, _exchange.TimeRequests);
    }

    [Fact]
    public async Task MarkPriceKlines_TheExchangeFellBehindTheClockHere_LeavesTheRunningOneOut()
    {
        await _exchange.Rest.SynchroniseClockAsync(TestContext.Current.CancellationToken);
        _exchange.Answer("GET /fapi/v1/time", """{"serverTime":1793532599999}""");   // a millisecond before the second one closes
        _exchange.Answer("GET /fapi/v1/markPriceKlines", Payload.Read("markPriceKlines"));
        _exchange.Clock.ToldMs = long.MinValue;

        var candles = await _exchange.Rest.MarkPriceKlinesAsync(EndpointCalls.Series, null, null, 99, RequestLane.MarketData, TestContext.Current.CancellationToken);

        Assert.Equal([1793530800000], candles.Select(candle => candle.OpenTimeMs));
    }

    [Fact]
    public async Task MarkPriceKlines_GivesClosedCandlesWithoutVolume() => Assert.Equal(
        [new(1793530800000, 68001.12345678, 68099, 67951, 68050), new(1793531700000, 68050, 68199, 68049, 68181)],
        await Ask<IReadOnlyList<PriceCandle>>("markPriceKlines"));

    [Fact]
    public async Task Depth_GivesLevelsInFixedPoint()
    {
        var book = await Ask<DepthSnapshot>("depth");

        Assert.Equal((9123456789012, 1793534400050, 1793534400041), (book.LastUpdateId, book.EventMs, book.TransactionMs));
        Assert.Equal([new(6_824_990_000_000, 321_000_000), new(6_824_980_000_000, 500_000), new(6_824_900_000_000, 1_200_000_000)], book.Bids);
        Assert.Equal(new(6_825_000_000_000, 100_000_000), book.Asks[0]);
    }

    [Fact]
    public async Task AggregateTrades_GivesTradesWithTheirNormalPartWhereSent()
    {
        var trades = await Ask<IReadOnlyList<AggregateTrade>>("aggTrades");

        Assert.Equal(new(3000000001, 6_825_000_000_000, 12_000_000, 10_000_000, 7000000001, 7000000003, 1793534400001, BuyerIsMaker: false), trades[0]);
        Assert.Equal(-1, trades[1].NormalQuantity);
        Assert.Equal("1793534399999", Sent("endTime"));
    }

    [Fact]
    public async Task DayTickers_OfAll_LeavesOutWhatCannotBe()
    {
        var tickers = await Ask<IReadOnlyList<DayTicker>>("tickers");

        Assert.Equal(["BTCUSDT", "币安人生USDT"], tickers.Select(ticker => ticker.Symbol.Name));
        Assert.Equal(10329052345.67, tickers[0].QuoteVolume);
        Assert.Single(_exchange.Logs.Lines, line => line.Contains("BROKENUSDT"));
        Assert.Equal(new(Symbol.Btc, 68250, 152345.678, 10329052345.67, 1.866, 10000005, 1793534400000), await Ask<DayTicker>("ticker"));
    }

    [Fact]
    public async Task PremiumIndex_GivesFundingAndNaNWhereThereIsNone()
    {
        Assert.Equal(new(Symbol.Btc, 68251.12345678, 68260, 0.0001, 1793548800000, 1793534400000), await Ask<PremiumIndex>("premiumIndex"));
        var delivery = (await Ask<IReadOnlyList<PremiumIndex>>("premiumIndexes"))[1];
        Assert.Equal((double.NaN, 0L), (delivery.FundingRate, delivery.NextFundingMs));
    }

    [Fact]
    public async Task Funding_GivesRatesAndTerms()
    {
        var rates = await Ask<IReadOnlyList<FundingPayment>>("fundingRate");
        Assert.Equal(new(Symbol.Btc, 0.0001, 1793491200000, 67900), rates[0]);
        Assert.Equal((-0.0000375, double.NaN), (rates[1].Rate, rates[1].MarkPrice));

        var terms = await Ask<IReadOnlyList<FundingTerms>>("fundingInfo");
        Assert.Equal(new(Symbol.Parse("BLZUSDT"), 4, 0.025, -0.025), terms[0]);
        Assert.Equal((1, double.NaN), (terms[1].IntervalHours, terms[1].Cap));
    }

    [Fact]
    public async Task OpenInterest_NowAndBefore()
    {
        Assert.Equal(new(1793534399000, 89123.456, double.NaN), await Ask<OpenInterestPoint>("openInterest"));
        Assert.Equal(
            [new(1793533800000, 89000.1, 6070000000.12), new(1793534100000, 89123.456, 6082000000.34)],
            await Ask<IReadOnlyList<OpenInterestPoint>>("openInterestHist"));
    }

    [Fact]
    public async Task Account_BalancesPositionsAndSettings()
    {
        var account = await Ask<AccountState>("account");
        Assert.Equal((10000.12345678m, -12.34m, 9305.28345678m), (account.WalletBalance, account.UnrealizedPnl, account.AvailableBalance));
        Assert.Equal(new(Symbol.Btc, PositionSide.Both, -0.1m, -12.34m, -6825m), Assert.Single(account.Positions));
        Assert.Equal(Assert.Single(account.Assets), Assert.Single(await Ask<IReadOnlyList<AssetBalance>>("balance")));

        var position = Assert.Single(await Ask<IReadOnlyList<PositionState>>("positionRisk"));
        Assert.Equal((-0.1m, 68127.6m, 68251m), (position.Amount, position.EntryPrice, position.MarkPrice));
        Assert.Null(position.LiquidationPrice);   // 0 is: there is none

        Assert.Equal(new(CanTrade: true, CanDeposit: true, CanWithdraw: true, HedgeMode: false, MultiAssets: false, FeeTier: 1), await Ask<AccountConfig>("accountConfig"));
        Assert.Equal(new(Symbol.Btc, MarginType.Crossed, 10, 150000000m), Assert.Single(await Ask<IReadOnlyList<SymbolSettings>>("symbolConfig")));
        Assert.Equal(new(Symbol.Btc, 0.0002m, 0.0005m), await Ask<FeeRates>("commissionRate"));
        Assert.Equal(new(2, 100, 300000m, 800000m, 0.005m, 300m), (await Ask<LeverageSteps>("leverageBracket")).Steps[1]);
        Assert.True(await Ask<bool>("positionMode"));
        Assert.Equal(new(Symbol.Btc, 10, 150000000m), await Ask<LeverageSetting>("setLeverage"));
        Assert.Equal(new(Symbol.Btc, TimeSpan.FromMinutes(2)), await Ask<Countdown>("countdown"));
    }

    [Fact]
    public async Task Income_AndTrades()
    {
        var income = await Ask<IReadOnlyList<IncomeEntry>>("income");
        Assert.Equal(new(null, "TRANSFER", -100m, "USDT", 9689322392, null, 1793500000000), income[0]);
        Assert.Equal(new(Symbol.Btc, "COMMISSION", -0.01364m, "USDT", 9689322393, 2059192, 1793500000100), income[1]);
        Assert.Equal(
            new(Symbol.Btc, 698759, 25851813, OrderSide.Sell, PositionSide.Both, 68127.6m, 0.01m, 681.276m, 0m, 0.340638m, "USDT", IsMaker: false, 1793530000000),
            Assert.Single(await Ask<IReadOnlyList<UserTrade>>("userTrades")));
    }

    [Fact]
    public async Task PlaceOrder_AnswerWithoutAveragePrice_LeavesItUnavailable()
    {
        var placed = Assert.IsType<OrderOutcome<OrderState>.Accepted>(await Ask<OrderOutcome<OrderState>>("placeOrder")).Item;

        Assert.Equal((OrderStatus.Filled, 0.010m), (placed.Status, placed.ExecutedQuantity));
        Assert.Null(placed.AveragePrice);
        Assert.Null(placed.ExecutedQuote);
        Assert.Equal(
            ("SELL", "MARKET", "0.01", "fbaaABC123", "RESULT"),
            (Sent("side"), Sent("type"), Sent("quantity"), Sent("newClientOrderId"), Sent("newOrderRespType")));
        Assert.False(_exchange.Requests[^1].Parameters.ContainsKey("price"));
    }

    [Fact]
    public async Task Orders_AreReadWithUnknownStatusesKeptApart()
    {
        var order = await Ask<OrderState>("order");
        Assert.Equal((OrderStatus.PartiallyFilled, 68127.6m, 681.276m, true), (order.Status, order.AveragePrice!.Value, order.ExecutedQuote!.Value, order.ReduceOnly));

        var open = await Ask<IReadOnlyList<OrderState>>("openOrders");
        Assert.Equal((OrderStatus.New, PositionSide.Long, "GTX"), (open[0].Status, open[0].PositionSide, open[0].TimeInForce));
        Assert.Null(open[0].AveragePrice);   // nothing is filled: 0 is no price
        Assert.Equal(OrderStatus.Other, open[1].Status);
        Assert.Single(_exchange.Logs.Lines, line => line.Contains("MOON_PHASED"));
    }

    [Fact]
    public async Task AlgoOrders_ArePlacedFoundAndCancelled()
    {
        var placed = Assert.IsType<OrderOutcome<AlgoOrderState>.Accepted>(await Ask<OrderOutcome<AlgoOrderState>>("placeAlgoOrder")).Item;
        Assert.Equal((2146760L, AlgoOrderStatus.New, 69000m, true), (placed.AlgoId, placed.Status, placed.TriggerPrice!.Value, placed.ClosePosition));
        Assert.Null(placed.OrderId);
        Assert.Null(placed.Quantity);
        Assert.Equal(
            ("CONDITIONAL", "STOP_MARKET", "69000", "MARK_PRICE", "TRUE", "true", "GTE_GTC"),
            (Sent("algoType"), Sent("type"), Sent("triggerPrice"), Sent("workingType"), Sent("priceProtect"), Sent("closePosition"), Sent("timeInForce")));
        Assert.False(_exchange.Requests[^1].Parameters.ContainsKey("quantity"));

        var triggered = await Ask<AlgoOrderState>("algoOrder");
        Assert.Equal((AlgoOrderStatus.Finished, 25851820L, 67990.1m, 1793530100100), (triggered.Status, triggered.OrderId!.Value, triggered.FillPrice!.Value, triggered.TriggerMs!.Value));
        Assert.Null(Assert.Single(await Ask<IReadOnlyList<AlgoOrderState>>("openAlgoOrders")).OrderId);

        var receipt = Assert.IsType<OrderOutcome<AlgoOrderReceipt>.Accepted>(await Ask<OrderOutcome<AlgoOrderReceipt>>("cancelAlgoOrder")).Item;
        Assert.Equal(new(2146760, "fbaaSTOP1"), receipt);
        Assert.False(_exchange.Requests[^1].Parameters.ContainsKey("symbol"));
    }

    [Fact]
    public async Task ListenKey_IsCreatedKeptAndSeenToBeGone()
    {
        var key = await Ask<Secret>("createListenKey");
        Assert.Equal(64, key.Reveal().Length);
        Assert.True(await Ask<bool>("keepListenKey"));
        Assert.Equal("listenKEYlistenKEY", Sent("listenKey"));

        _exchange.Answer("PUT /fapi/v1/listenKey", """{"code":-1125,"msg":"This listenKey does not exist."}""", 400);
        Assert.False(await _exchange.Rest.KeepListenKeyAliveAsync(key, TestContext.Current.CancellationToken));
        _exchange.Answer("DELETE /fapi/v1/listenKey", """{"code":-1125,"msg":"This listenKey does not exist."}""", 400);
        await _exchange.Rest.CloseListenKeyAsync(key, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(-4046, "No need to change margin type.")]
    [InlineData(-4059, "No need to change position side.")]
    public async Task Settings_ThatWereSoAlready_AreDone(int code, string message)
    {
        _exchange.Answer("POST /fapi/v1/marginType", $$"""{"code":{{code}},"msg":"{{message}}"}""", 400);
        _exchange.Answer("POST /fapi/v1/positionSide/dual", $$"""{"code":{{code}},"msg":"{{message}}"}""", 400);

        await _exchange.Rest.SetMarginTypeAsync(Symbol.Btc, MarginType.Crossed, cancel: TestContext.Current.CancellationToken);
        await _exchange.Rest.SetHedgeModeAsync(false, cancel: TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("GET /fapi/v1/order")]
    [InlineData("GET /fapi/v1/algoOrder")]
    public async Task Order_ThatTheExchangeDoesNotKnow_IsNone(string line)
    {
        _exchange.Answer(line, """{"code":-2013,"msg":"Order does not exist."}""", 400);

        object? found = line.Contains("algo")
            ? await _exchange.Rest.AlgoOrderAsync(OrderKey.Of("x"), cancel: TestContext.Current.CancellationToken)
            : await _exchange.Rest.OrderAsync(Symbol.Btc, OrderKey.Of("x"), cancel: TestContext.Current.CancellationToken);
        Assert.Null(found);
    }

    [Fact]
    public async Task Market_AsTheEngineAsks()
    {
        IExchangeMarket market = new BinanceMarket(_exchange.Rest);
        foreach (var (line, payload) in new[] { ("exchangeInfo", "exchangeInfo"), ("ticker/24hr", "ticker24hr.all"), ("klines", "klines") })
            _exchange.Answer($"GET /fapi/v1/{line}", Payload.Read(payload));
        var cancel = TestContext.Current.CancellationToken;

        Assert.Equal(3, (await market.SymbolsAsync(cancel)).Count);
        Assert.Equal(12192592.58, (await market.QuoteVolumesAsync(cancel))[Symbol.Parse("币安人生USDT")]);
        Assert.Equal(4, (await market.CandlesAsync(EndpointCalls.Series, 1793530800000, 1793535300000, 99, RequestLane.History, cancel)).Count);
        Assert.Empty(await market.CandlesAsync(EndpointCalls.Series, 5, 5, 99, RequestLane.History, cancel));
    }

    [Fact]
    public async Task Positioning_AsTheEngineAsks()
    {
        IPositioning positioning = new BinanceMarket(_exchange.Rest);
        _exchange.Answer("GET /fapi/v1/openInterest", Payload.Read("openInterest"));
        _exchange.Answer("GET /futures/data/openInterestHist", Payload.Read("openInterestHist"));
        _exchange.Answer("GET /fapi/v1/fundingRate", Payload.Read("fundingRate"));
        var cancel = TestContext.Current.CancellationToken;

        Assert.Equal(89123.456, await positioning.OpenInterestAsync(Symbol.Btc, cancel));
        Assert.Equal([(1793533800000, 89000.1), (1793534100000, 89123.456)], await positioning.OpenInterestHistoryAsync(Symbol.Btc, TimeFrame.M15, 30, cancel));
        Assert.Equal("15m", Sent("period"));
        Assert.Equal([(1793491200000, 0.0001), (1793520000003, -0.0000375)], await positioning.FundingRatesAsync(Symbol.Btc, 3, cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => positioning.OpenInterestHistoryAsync(Symbol.Btc, TimeFrame.M1, 30, cancel));
    }

    private string Sent(string parameter) => _exchange.Requests[^1].Parameters[parameter];

    private async Task<T> Ask<T>(string name) => Assert.IsType<T>(await Send(name), exactMatch: false);

    private async Task<object?> Send(string name)
    {
        var call = EndpointCalls.Of(name);
        if (call.Endpoint.Path != "/fapi/v1/time") _exchange.Answer(call.Endpoint.Name, Payload.Read(call.Payload));
        return await call.Send(_exchange.Rest);
    }
}
