using System.Collections.Concurrent;
using System.Security.Cryptography;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Tests.Binance.Rest;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Simulator;
using FuturesBot.Simulator.Faults;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging;
using Xunit;
using SimulatedMarket = FuturesBot.Simulator.Market;

namespace FuturesBot.Adapters.Tests.Binance;

/// <summary>
/// The client against the simulated exchange, over sockets. The two were written apart from the same documents and share
/// no code, so a misreading of either shows here.
/// </summary>
public sealed class AgainstSimulatorTests : IAsyncLifetime
{
    private const long DayMs = 86_400_000;
    private static readonly Symbol Btc = Symbol.Btc;

    private readonly RSA _rsa = RSA.Create(2_048);
    private readonly List<IDisposable> _owned = [];
    private readonly LogNotes _log = new();
    private readonly AlertNotes _alerts = new();
    private SimulatedExchange _simulator = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var startMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / DayMs * DayMs;
        _simulator = await SimulatedExchange.StartAsync(
            new() { MarketStartMs = startMs - (4 * DayMs), RsaApiKey = "rsakey", RsaPublicKeyPem = _rsa.ExportSubjectPublicKeyInfoPem() },
            TimeProvider.System, logs: null, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _owned) one.Dispose();
        await _simulator.DisposeAsync();
        _rsa.Dispose();
    }

    [Fact]
    public async Task Clock_AfterItsStart_IsTheExchanges()
    {
        using var client = Open();
        await client.StartAsync(Cancel);

        Assert.InRange(client.Clock.NowMs - _simulator.NowMs, -100, 100);
        Assert.InRange(client.Clock.UncertaintyMs, 0, 1_000);
    }

    [Fact]
    public async Task Klines_TheMarketFellBehindItsClock_HasNoRunningCandleAmongTheClosedOnes()
    {
        // Its wall stands still 20 seconds into a minute, so its market does too; the clock here runs on from what it was told.
        const long at = 1_793_534_400_000;
        var wall = new ManualTime();
        await using var stuck = await SimulatedExchange.StartAsync(
            new() { MarketStartMs = at - DayMs, StartAtMs = at, Speed = 60 }, wall, logs: null, Cancel);
        while (stuck.NowMs < at + 20_000)
        {
            wall.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }

        using var client = new BinanceExchange(new(
            ExchangeAddresses.OnLoopback(stuck.Rest.Port), Keys: null, new(), new BanNotes(), _alerts, _log, TimeProvider.System)
        { Speed = 60 });
        await client.StartAsync(Cancel);
        while (client.Clock.NowMs < at + 65_000) await Task.Delay(5, Cancel);   // of market time: a second of wall time

        var minutes = await client.Rest.KlinesAsync(new(Btc, TimeFrame.M1), at - 600_000, at + 600_000, 99, RequestLane.MarketData, Cancel);

        Assert.Equal(at, minutes.Running);
        Assert.Equal(at - 60_000, minutes.Closed[^1].OpenTimeMs);
    }

    [Fact]
    public async Task EveryCall_IsAnsweredAndWeighsWhatTheTableSays()
    {
        var wire = Wire();
        // Those left out ask for what is not there: candles of another day.
        foreach (var call in EndpointCalls.All.Where(call => call.Name is not ("klines" or "markPriceKlines")))
        {
            var value = await Sent(call, wire.Client);
            if (call.Endpoint.Extra != ExtraLimit.None || call.Endpoint == Endpoints.Time) continue;

            // The last answer is the call's own: the clock was read before.
            var (before, after) = (wire.Answers[^2].UsedWeight, wire.Answers[^1].UsedWeight);
            var cost = call.Endpoint.CostOf(FormOf(wire.Answers[^1].Query)).Weight;
            Assert.True(after - before == cost || after < before, $"{call.Name} weighed {after - before}, not {cost}: {value}");
        }

        Assert.DoesNotContain(_log.Lines, line => line.Contains("cannot be read"));
        Assert.DoesNotContain(_log.Lines, line => line.Contains("New from the exchange"));
        Assert.Equal(wire.Answers[^1].UsedWeight, wire.Budget.Read().UsedWeight);
    }

    [Fact]
    public async Task Depth_OfAnyLimit_IsABookInOrder()
    {
        using var client = Open();
        foreach (var limit in new[] { 5, 10, 20, 50, 100, 500, 1_000 })
        {
            var book = await client.Rest.DepthAsync(Btc, limit, RequestLane.MarketData, Cancel);

            Assert.InRange(book.Bids.Length, 1, limit);
            Assert.True(book.Bids[0].Price < book.Asks[0].Price);
            Assert.True(book.LastUpdateId > 0);
            Assert.InRange(book.EventMs - _simulator.NowMs, -2_000, 2_000);
        }
    }

    [Fact]
    public async Task Candles_OfEveryFrame_AreTheExchangesClosedOnes()
    {
        using var client = Open();
        await client.StartAsync(Cancel);
        var place = _simulator.Truth.PlaceOf("ETHUSDT");
        foreach (var frame in TimeFrames.All)
        {
            var series = new SeriesInfo(Symbol.Parse("ETHUSDT"), frame);
            var page = await client.Rest.KlinesAsync(series, null, null, 99, RequestLane.MarketData, Cancel);
            var truth = _simulator.Truth.Closed(place, Enum.Parse<SimulatedMarket.KlineInterval>(frame.ToString()), null, null, 1_500)
                .ToDictionary(row => row.OpenMs);

            Assert.NotEmpty(page.Closed);
            Assert.All(page.Closed, candle => Assert.Contains(candle.OpenTimeMs, truth.Keys));
            Assert.NotNull(page.Running);
            Assert.True(page.Running > _simulator.NowMs - frame.Ms() - 1_000);
        }
    }

    [Fact]
    public async Task Universe_AsTheEngineAsks()
    {
        using var client = Open();
        var symbols = await client.Market.SymbolsAsync(Cancel);
        var volumes = await client.Market.QuoteVolumesAsync(Cancel);

        Assert.Equal(_simulator.Truth.Symbols.Count, symbols.Count);
        Assert.Contains(symbols, symbol => symbol.Symbol == Btc && symbol is { ContractType: "PERPETUAL", UnderlyingType: "COIN", Status: "TRADING" });
        Assert.All(symbols.Where(symbol => symbol.Status == "TRADING"), symbol => Assert.True(volumes[symbol.Symbol] > 0, symbol.Symbol.Name));
    }

    [Fact]
    public async Task LimitOrder_IsPlacedFoundAndCancelled()
    {
        using var client = Open();
        var price = await FarBelowAsync(client);
        var order = new NewOrder(Btc, OrderSide.Buy, OrderType.Limit, 0.010m, "fbaa-limit-1") { Price = price };

        var placed = Accepted(await client.Rest.PlaceOrderAsync(order, RequestLane.Entry, Cancel));
        Assert.Equal((OrderStatus.New, price, 0.010m, 0m), (placed.Status, placed.Price, placed.Quantity, placed.ExecutedQuantity));
        Assert.Null(placed.AveragePrice);
        Assert.Equal(placed.OrderId, (await client.Rest.OrderAsync(Btc, OrderKey.Of("fbaa-limit-1"), cancel: Cancel))!.OrderId);
        Assert.Equal("fbaa-limit-1", Assert.Single(await client.Rest.OpenOrdersAsync(Btc, cancel: Cancel)).ClientId);

        var twice = Rejected(await client.Rest.PlaceOrderAsync(order, RequestLane.Entry, Cancel));
        Assert.Equal((-4116, ErrorAdvice.QueryOrder), (twice.Code, twice.Rule.Advice));

        Assert.Equal(OrderStatus.Canceled, Accepted(await client.Rest.CancelOrderAsync(Btc, OrderKey.Of(placed.OrderId), RequestLane.Protective, Cancel)).Status);
        Assert.Empty(await client.Rest.OpenOrdersAsync(Btc, cancel: Cancel));
        Assert.Equal(-2011, Rejected(await client.Rest.CancelOrderAsync(Btc, OrderKey.Of(placed.OrderId), RequestLane.Protective, Cancel)).Code);
        Assert.Null(await client.Rest.OrderAsync(Btc, OrderKey.Of("fbaa-never"), cancel: Cancel));
    }

    [Fact]
    public async Task MarketOrder_MakesAPositionWithTradesAndAStop()
    {
        using var client = Open();
        var placed = Accepted(await client.Rest.PlaceOrderAsync(new(Btc, OrderSide.Buy, OrderType.Market, 0.010m, "fbaa-market"), RequestLane.Entry, Cancel));
        var order = (await client.Rest.OrderAsync(Btc, OrderKey.Of(placed.OrderId), cancel: Cancel))!;
        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.True(order.AveragePrice > 0);

        var trades = await client.Rest.UserTradesAsync(Btc, placed.OrderId, null, null, null, 100, cancel: Cancel);
        Assert.Equal(0.010m, trades.Sum(trade => trade.Quantity));
        Assert.Equal((double)order.AveragePrice!.Value, (double)(trades.Sum(trade => trade.QuoteQuantity) / 0.010m), 0.01);
        var position = Assert.Single(await client.Rest.PositionsAsync(Btc, cancel: Cancel));
        Assert.Equal(0.010m, position.Amount);

        var trigger = Math.Round(position.MarkPrice * 0.9m, 1);
        var stop = new NewAlgoOrder(Btc, OrderSide.Sell, AlgoOrderType.StopMarket, "fbaa-stop", TriggerPriceKind.MarkPrice, PriceProtect: false)
        {
            TriggerPrice = trigger,
            ClosePosition = true,
            TimeInForce = TimeInForce.GteGtc,
        };
        var resting = Accepted(await client.Rest.PlaceAlgoOrderAsync(stop, RequestLane.Protective, Cancel));
        Assert.Equal((AlgoOrderStatus.New, trigger, true), (resting.Status, resting.TriggerPrice!.Value, resting.ClosePosition));
        Assert.Equal(-4130, Rejected(await client.Rest.PlaceAlgoOrderAsync(stop with { ClientId = "fbaa-stop-2" }, RequestLane.Protective, Cancel)).Code);
        var passed = Rejected(await client.Rest.PlaceAlgoOrderAsync(
            stop with { ClientId = "fbaa-stop-3", TriggerPrice = Math.Round(position.MarkPrice * 1.1m, 1), ClosePosition = false, Quantity = 0.010m, ReduceOnly = true, TimeInForce = null },
            RequestLane.Protective, Cancel));
        Assert.Equal((-2021, ErrorAdvice.CloseNow), (passed.Code, passed.Rule.Advice));
        Assert.Equal("fbaa-stop", Assert.Single(await client.Rest.OpenAlgoOrdersAsync(Btc, cancel: Cancel)).ClientId);
        Assert.Equal(resting.AlgoId, (await client.Rest.AlgoOrderAsync(OrderKey.Of("fbaa-stop"), cancel: Cancel))!.AlgoId);

        Accepted(await client.Rest.CancelAlgoOrderAsync(OrderKey.Of(resting.AlgoId), RequestLane.Protective, Cancel));
        Assert.Empty(await client.Rest.OpenAlgoOrdersAsync(cancel: Cancel));
        Accepted(await client.Rest.PlaceOrderAsync(new(Btc, OrderSide.Sell, OrderType.Market, 0.010m, "fbaa-close") { ReduceOnly = true }, RequestLane.Protective, Cancel));
        Assert.DoesNotContain(await client.Rest.PositionsAsync(Btc, cancel: Cancel), left => left.Amount != 0);
        Assert.Equal(-2022, Rejected(await client.Rest.PlaceOrderAsync(
            new(Btc, OrderSide.Sell, OrderType.Market, 0.010m, "fbaa-again") { ReduceOnly = true }, RequestLane.Protective, Cancel)).Code);
        Assert.Contains(await client.Rest.IncomeAsync(Btc, "COMMISSION", null, null, 100, cancel: Cancel), entry => entry.Amount < 0);
    }

    [Fact]
    public async Task Order_WhoseAnswerIsLost_IsUnknownAndThenFoundOrNot()
    {
        using var client = Open(new() { TimeoutMs = 700 });
        await client.StartAsync(Cancel);
        var price = await FarBelowAsync(client);
        (FaultKind Kind, bool Executed)[] troubles =
        [
            (FaultKind.TimeoutAfter, true), (FaultKind.TimeoutBefore, false), (FaultKind.UnknownError, true), (FaultKind.UnknownError, false),
            (FaultKind.UnexpectedResponse, true), (FaultKind.BackendTimeout, false), (FaultKind.Gateway, true), (FaultKind.Gateway, false),
        ];
        foreach (var (kind, executed) in troubles)
        {
            var order = new NewOrder(Btc, OrderSide.Buy, OrderType.Limit, 0.010m, $"fbaa-{kind}-{executed}") { Price = price };
            var rule = _simulator.Control.Add(new(kind) { Call = "POST /fapi/v1/order", Executed = executed, Ms = 1_500, Count = 1 });
            var outcome = await client.Rest.PlaceOrderAsync(order, RequestLane.Entry, Cancel);
            _simulator.Control.Remove(rule);

            Assert.True(outcome is OrderOutcome<OrderState>.Unknown, $"{kind}: {outcome}");
            var found = await client.Rest.OrderAsync(Btc, OrderKey.Of(order.ClientId), cancel: Cancel);
            Assert.True(executed == found is not null, $"{kind}, carried out: {executed}, found: {found}");
        }
    }

    [Fact]
    public async Task Order_TheExchangeIsTooBusyFor_IsTriedAgainAndTaken()
    {
        using var client = Open();
        var price = await FarBelowAsync(client);
        foreach (var kind in new[] { FaultKind.ServiceUnavailable, FaultKind.InternalError, FaultKind.Overloaded })
        {
            var order = new NewOrder(Btc, OrderSide.Buy, OrderType.Limit, 0.010m, $"fbaa-{kind}") { Price = price };
            var rule = _simulator.Control.Add(new(kind) { Call = "POST /fapi/v1/order", Count = 2 });
            Accepted(await client.Rest.PlaceOrderAsync(order, RequestLane.Entry, Cancel));
            Assert.Equal(2, _simulator.Control.Struck[kind]);
            _simulator.Control.Remove(rule);
        }

        _simulator.Control.Add(new(FaultKind.ServiceUnavailable) { Call = "POST /fapi/v1/order" });
        var never = new NewOrder(Btc, OrderSide.Buy, OrderType.Limit, 0.010m, "fbaa-never") { Price = price };
        Assert.IsType<OrderOutcome<OrderState>.NotExecuted>(await client.Rest.PlaceOrderAsync(never, RequestLane.Entry, Cancel));
        Assert.Null(await client.Rest.OrderAsync(Btc, OrderKey.Of("fbaa-never"), cancel: Cancel));
    }

    [Fact]
    public async Task Limit_ReachedByOthers_IsWaitedFor()
    {
        using var client = Open();
        await client.StartAsync(Cancel);
        _simulator.Control.Add(new(FaultKind.TooManyRequests) { Call = "GET /fapi/v1/openInterest", Ms = 2_000, Count = 1 });
        var began = TimeProvider.System.GetTimestamp();

        Assert.True((await client.Rest.OpenInterestAsync(Btc, cancel: Cancel)).BaseUnits > 0);

        Assert.True(TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(1.5));
        Assert.Equal(2, client.Rest.Tally.Requests["GET /fapi/v1/openInterest"]);
    }

    [Fact]
    public async Task Ban_OfTheExchange_IsToldOnceAndRememberedWithItsEnd()
    {
        var memory = new BanNotes();
        using var client = Open(memory: memory);
        await client.StartAsync(Cancel);
        _simulator.Control.Add(new(FaultKind.Ban) { Ms = 90_000, Count = 1 });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var asked = Enumerable.Range(0, 10).Select(_ => client.Rest.OpenInterestAsync(Btc, cancel: stop.Token)).ToArray();
        while (client.Budget.Read().BanLeft is null) await Task.Delay(5, Cancel);
        await Task.Delay(300, Cancel);   // whoever was on the way has met the ban by now

        Assert.InRange(client.Budget.Read().BanLeft!.Value, TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(92));
        Assert.Equal(AlertKind.Ban, Assert.Single(_alerts.Raised).Kind);
        Assert.InRange(memory.UntilMs - TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), 80_000, 92_000);
        var refused = _simulator.Truth.Refused;
        Assert.IsType<OrderOutcome<OrderState>.NotExecuted>(await client.Rest.PlaceOrderAsync(EndpointCalls.Market, RequestLane.Entry, Cancel));
        Assert.Equal(refused, _simulator.Truth.Refused);   // nobody knocked in the meantime

        await stop.CancelAsync();
        foreach (var one in asked) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
    }

    [Fact]
    public async Task Clock_ThatDrifts_IsReadAnewAndTheRequestAnswered()
    {
        using var client = Open();
        await client.StartAsync(Cancel);
        _simulator.Control.Add(new(FaultKind.ClockSkew) { Ms = 20_000 });

        Assert.NotEmpty((await client.Rest.AccountAsync(cancel: Cancel)).Assets);
        Assert.Single(_log.Lines, line => line.Contains("read anew"));
        Assert.InRange(client.Clock.NowMs - _simulator.NowMs, 19_900, 20_100);
    }

    [Theory]
    [InlineData(FaultKind.Forbidden)]
    [InlineData(FaultKind.BlockedRegion)]
    public async Task Place_ThatTheExchangeDoesNotServe_IsToldToPeople(FaultKind kind)
    {
        using var client = Open();
        _simulator.Control.Add(new(kind));

        var fault = await Assert.ThrowsAsync<ExchangeException>(() => client.StartAsync(Cancel));
        Assert.Equal(ExchangeFault.Forbidden, fault.Fault);
        Assert.NotEmpty(_alerts.Raised);
    }

    [Fact]
    public async Task RubbishOnEveryCall_IsRefusedOrHarmless()
    {
        using var client = Open(new() { RetriesMax = 0 });
        await client.StartAsync(Cancel);
        _simulator.Control.Add(new(FaultKind.RubbishAnswer));
        var faults = 0;
        foreach (var call in EndpointCalls.All.Where(call => call.Endpoint != Endpoints.Time))
        {
            try
            {
                await call.Send(client.Rest);
            }
            catch (ExchangeException)
            {
                faults++;
            }
        }

        Assert.True(faults > 20, $"{faults} calls were refused");
        Assert.True(client.Rest.Tally.FaultsOf(ExchangeFault.Malformed) >= faults / 2);
    }

    [Fact]
    public async Task ExchangeOfNextYear_IsReadAllTheSame()
    {
        using var client = Open();
        _simulator.Control.Add(new(FaultKind.UnknownFields));
        _simulator.Control.Add(new(FaultKind.UnknownEnums));
        var symbols = await client.Market.SymbolsAsync(Cancel);
        await client.Market.SymbolsAsync(Cancel);

        Assert.Contains(symbols, symbol => symbol.Symbol == Btc);
        var news = _log.Lines.Where(line => line.Contains("New from the exchange")).ToArray();
        Assert.NotEmpty(news);
        Assert.Equal(news.Length, news.Distinct().Count());
        foreach (var call in EndpointCalls.All.Where(call => call.Endpoint.Method == HttpMethod.Get && call.Name is not ("klines" or "markPriceKlines")))
            await Sent(call, client.Rest);
    }

    [Fact]
    public async Task ListenKey_LivesAndEnds()
    {
        using var client = Open();
        var key = await client.Rest.CreateListenKeyAsync(Cancel);
        Assert.Equal(key, await client.Rest.CreateListenKeyAsync(Cancel));
        Assert.True(await client.Rest.KeepListenKeyAliveAsync(key, Cancel));
        await client.Rest.CloseListenKeyAsync(key, Cancel);
        Assert.False(await client.Rest.KeepListenKeyAliveAsync(key, Cancel));
        await client.Rest.CloseListenKeyAsync(key, Cancel);
    }

    [Fact]
    public async Task Keys_RsaWrongAndNone()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["key.pem"], _rsa.ExportPkcs8PrivateKeyPem(), Cancel);
        using var rsa = Open(keys: new(new("rsakey"), PrivateKeyFile: folder["key.pem"]));
        Assert.NotEmpty((await rsa.Rest.AccountAsync(cancel: Cancel)).Assets);
        Assert.Equal((true, true, null), (await Permissions(rsa)) is var p ? (p.CanReadFutures, p.CanTradeFutures, p.CanWithdraw) : default);

        using var wrongSecret = Open(keys: new(new("simulator"), new Secret("not-the-secret")));
        Assert.Equal(-1022, (await Assert.ThrowsAsync<ExchangeException>(() => wrongSecret.Rest.AccountAsync())).Code);
        Assert.False((await Permissions(wrongSecret)).Usable);

        using var wrongKey = Open(keys: new(new("nobody"), new Secret("simulator")));
        Assert.Equal(ExchangeFault.Forbidden, (await Assert.ThrowsAsync<ExchangeException>(() => wrongKey.Rest.AccountAsync())).Fault);
    }

    [Fact]
    public async Task Flood_OfRequests_StaysWithinItsShareAndIsNeverRefused()
    {
        using var client = Open();
        await client.StartAsync(Cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var asked = Enumerable.Range(0, 400).Select(i => client.Rest.DepthAsync(Btc, i % 3 == 0 ? 1_000 : 100, (RequestLane)(i % 5), stop.Token)).ToArray();
        // Either the minute's share is used up, or its turn gave room for all.
        while (asked.Any(one => !one.IsCompleted) && client.Budget.Read() is { OwnWeight: < 1_000 }) await Task.Delay(20, Cancel);
        await Task.Delay(500, Cancel);
        await stop.CancelAsync();
        await Task.WhenAll(asked.Select(one => one.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.InRange(_simulator.Truth.BusiestMinute, 600, 1_320);
        Assert.Equal(0, _simulator.Truth.Refused);
        Assert.True(client.Budget.Read().OwnWeightPeak <= 1_320);
    }

    [Fact]
    public async Task FastExchange_SignedCallsStayInTheirWindow()
    {
        await using var fast = await SimulatedExchange.StartAsync(
            new() { Speed = 120, MarketStartMs = 1_793_448_000_000, StartAtMs = 1_793_534_400_000 }, TimeProvider.System, logs: null, Cancel);
        using var client = Open(at: fast, speed: 120);
        await client.StartAsync(Cancel);
        for (var i = 0; i < 20; i++)
        {
            Assert.NotEmpty((await client.Rest.AccountAsync(cancel: Cancel)).Assets);
            await Task.Delay(20, Cancel);
        }

        Assert.InRange(client.Clock.NowMs - fast.NowMs, -15_000, 15_000);   // an eighth of a wall second
        Assert.True(!_log.Lines.Any(line => line.Contains("-1021")), string.Join("\n", _log.Lines));
    }

    private static Task<KeyPermissions> Permissions(BinanceExchange client) => client.Rest.KeyPermissionsAsync(Cancel);

    private static T Accepted<T>(OrderOutcome<T> outcome) => Assert.IsType<OrderOutcome<T>.Accepted>(outcome).Item;

    private static RestError Rejected<T>(OrderOutcome<T> outcome) => Assert.IsType<OrderOutcome<T>.Rejected>(outcome).Error;

    private static async Task<decimal> FarBelowAsync(BinanceExchange client) =>
        Math.Round((decimal)(await client.Rest.PremiumIndexAsync(Btc, cancel: Cancel)).MarkPrice * 0.97m, 1);

    // Orders that the exchange does not know are an answer too.
    private static async Task<string> Sent(EndpointCalls.EndpointCall call, BinanceFuturesRest rest)
    {
        try
        {
            return $"{await call.Send(rest)}";
        }
        catch (ExchangeException e) when (e.Fault == ExchangeFault.Rejected)
        {
            return e.Message;
        }
    }

    private static RequestForm FormOf(string query)
    {
        var form = new RequestForm();
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)))
            form.Add(pair[0], Uri.UnescapeDataString(pair[1]));
        return form;
    }

    private BinanceExchange Open(
        ExchangeOptions? options = null, BinanceKeys? keys = null, BanNotes? memory = null, SimulatedExchange? at = null, double speed = 1)
    {
        var rest = (at ?? _simulator).Rest;
        return new(new(
            ExchangeAddresses.OnLoopback(rest.Port), keys ?? BinanceKeys.Simulator, options ?? new(), memory ?? new(), _alerts, _log, TimeProvider.System)
        {
            Speed = speed,
        });
    }

    // The same client with an ear at the answers' headers.
    private (BinanceFuturesRest Client, RequestBudget Budget, List<(string Query, int UsedWeight)> Answers) Wire()
    {
        var (options, redactor, clock) = (new ExchangeOptions(), new Redactor(), new ExchangeClock(TimeProvider.System));
        var budget = new RequestBudget(BudgetLimits.From(options), TimeProvider.System, new BanNotes(), _alerts, _log.CreateLogger<RequestBudget>());
        var ear = new Ear { InnerHandler = new SocketsHttpHandler() };
        var http = ExchangeHttp.Create(ear, redactor);
        var rest = new BinanceFuturesRest(new(
            http, ExchangeAddresses.OnLoopback(_simulator.Rest.Port), BinanceKeys.Simulator, options, budget, clock, redactor, _alerts, TimeProvider.System, _log, Seed: 1));
        _owned.AddRange([rest, budget, clock, http]);
        return (rest, budget, ear.Answers);
    }

    private sealed class Ear : DelegatingHandler
    {
        public List<(string Query, int UsedWeight)> Answers { get; } = [("", 0)];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            Answers.Add((request.RequestUri!.Query, BudgetHeaders.Read(response.Headers).UsedWeight ?? Answers[^1].UsedWeight));
            return response;
        }
    }
}
