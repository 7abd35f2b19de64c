using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Rest;

/// <summary>What is repeated, when, and what never is.</summary>
public sealed class RepeatTests : IDisposable
{
    private const string Order = "POST /fapi/v1/order";
    private readonly StubExchange _exchange = new();

    public void Dispose() => _exchange.Dispose();

    [Fact]
    public async Task Question_ToATiredExchange_IsRepeatedMoreSlowlyEachTime()
    {
        var times = new List<long>();
        _exchange.Reply("GET /fapi/v1/openInterest", _ =>
        {
            times.Add(_exchange.NowMs);
            return times.Count < 5 ? StubExchange.Raw("<html>Bad Gateway</html>", 502, "text/html") : StubExchange.Json(Payload.Read("openInterest"));
        });

        var interest = await _exchange.Let(_exchange.Rest.OpenInterestAsync(Symbol.Btc));

        Assert.Equal(89123.456, interest.BaseUnits);
        Assert.Equal(5, times.Count);
        // 250, 500, 1,000, 2,000 ms, each with jitter: the last wait is longer than the first two together.
        Assert.True(times[4] - times[3] > times[2] - times[0], string.Join(" ", times));
        Assert.Equal(4, _exchange.Rest.Tally.FaultsOf(ExchangeFault.Overloaded));
    }

    [Fact]
    public async Task Question_ToADeadExchange_FailsAfterItsRepeats()
    {
        _exchange.Reply("GET /fapi/v1/openInterest", _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"));

        var fault = await Assert.ThrowsAsync<ExchangeException>(() => _exchange.Let(_exchange.Rest.OpenInterestAsync(Symbol.Btc)));

        Assert.Equal(ExchangeFault.Unreachable, fault.Fault);
        Assert.Equal(5, _exchange.Requests.Count);
    }

    [Fact]
    public async Task Question_WithoutAnAnswer_EndsAtItsTimeOut()
    {
        Silence("GET /fapi/v1/openInterest");
        var began = _exchange.Time.GetUtcNow();

        var fault = await Assert.ThrowsAsync<ExchangeException>(() => _exchange.Let(_exchange.Rest.OpenInterestAsync(Symbol.Btc)));

        Assert.Contains("no answer in 10000 ms", fault.Message);
        Assert.InRange(_exchange.Time.GetUtcNow() - began, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(80));
    }

    [Fact]
    public async Task Question_RefusedForGood_IsNotRepeated()
    {
        _exchange.Answer("GET /fapi/v1/openInterest", """{"code":-1121,"msg":"Invalid symbol."}""", 400);

        var fault = await Assert.ThrowsAsync<ExchangeException>(() => _exchange.Let(_exchange.Rest.OpenInterestAsync(Symbol.Btc)));

        Assert.Equal((ExchangeFault.Rejected, -1121), (fault.Fault, fault.Code));
        Assert.Single(_exchange.Requests);
    }

    [Fact]
    public async Task Question_EndedByTheCaller_Ends()
    {
        Silence("GET /fapi/v1/openInterest");
        using var stop = new CancellationTokenSource();
        var asked = _exchange.Rest.OpenInterestAsync(Symbol.Btc, cancel: stop.Token);
        while (_exchange.Requests.Count == 0) await Task.Delay(1, TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Theory]
    [InlineData(503, """{"code":-1001,"msg":"Unknown error, please check your request or try again later."}""")]
    [InlineData(400, """{"code":-1006,"msg":"An unexpected response was received."}""")]
    [InlineData(408, """{"code":-1007,"msg":"Timeout waiting for response from backend server."}""")]
    [InlineData(502, "<html><h1>502 Bad Gateway</h1></html>")]
    [InlineData(503, "<html><h1>503 Service Unavailable</h1></html>")]   // a proxy's page, not the exchange's word
    [InlineData(200, """{"orderId":1,"symbol":"BTCU""")]
    [InlineData(200, """{"orderId":1,"symbol":"ETHUSDT","status":"NEW","side":"BUY","executedQty":"0","origQty":"1","updateTime":1}""")]
    public async Task Order_WhoseFateNobodyKnows_IsSentOnceAndToldAsUnknown(int status, string body)
    {
        _exchange.Answer(Order, body, status);

        Assert.IsType<OrderOutcome<OrderState>.Unknown>(await Place());
        Assert.Single(_exchange.Requests);
    }

    [Fact]
    public async Task Order_WithoutAnAnswer_IsUnknown()
    {
        Silence(Order);

        var unknown = Assert.IsType<OrderOutcome<OrderState>.Unknown>(await Place());
        Assert.Equal(ErrorAdvice.QueryOrder, unknown.Error.Rule.Advice);
        Assert.Single(_exchange.Requests);
    }

    [Fact]
    public async Task Order_WhoseConnectionBreaks_IsUnknown()
    {
        _exchange.Reply(Order, _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely."));

        Assert.IsType<OrderOutcome<OrderState>.Unknown>(await Place());
        Assert.Single(_exchange.Requests);
    }

    [Fact]
    public async Task Order_EndedByTheCallerAfterItLeft_IsUnknown()
    {
        Silence(Order);
        using var stop = new CancellationTokenSource();
        var placing = _exchange.Rest.PlaceOrderAsync(EndpointCalls.Market, RequestLane.Entry, stop.Token);
        while (_exchange.Requests.Count == 0) await Task.Delay(1, TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        Assert.Contains("after it had left", Assert.IsType<OrderOutcome<OrderState>.Unknown>(await placing).Error.Message);
    }

    [Theory]
    [InlineData(503, """{"code":-1001,"msg":"Service Unavailable."}""")]
    [InlineData(503, """{"code":-1001,"msg":"Internal error; unable to process your request. Please try again."}""")]
    [InlineData(400, """{"code":-1008,"msg":"Request throttled by system-level protection."}""")]
    public async Task Order_CertainlyNotExecuted_IsTriedThreeTimesMore(int status, string body)
    {
        _exchange.Answer(Order, body, status);
        Assert.IsType<OrderOutcome<OrderState>.NotExecuted>(await Place());
        Assert.Equal(4, _exchange.Requests.Count);
        Assert.Single(_exchange.Requests.Select(request => request.Parameters["newClientOrderId"]).Distinct());

        _exchange.InTurn(Order, () => StubExchange.Raw(body, status, "application/json"), () => StubExchange.Json(Payload.Read("order.placed")));
        Assert.IsType<OrderOutcome<OrderState>.Accepted>(await Place());
    }

    [Fact]
    public async Task Order_ThatNeverLeft_IsTriedAgainAndThenNotExecuted()
    {
        _exchange.Reply(Order, _ => throw new HttpRequestException(HttpRequestError.NameResolutionError, "no such host"));

        Assert.IsType<OrderOutcome<OrderState>.NotExecuted>(await Place());
        Assert.Equal(4, _exchange.Requests.Count);
    }

    [Fact]
    public async Task Order_Refused_IsToldWithItsCode()
    {
        _exchange.Answer(Order, """{"code":-2019,"msg":"Margin is insufficient."}""", 400);

        var rejected = Assert.IsType<OrderOutcome<OrderState>.Rejected>(await Place());
        Assert.Equal((-2019, ErrorAdvice.GiveUpSignal), (rejected.Error.Code, rejected.Error.Rule.Advice));
        Assert.Single(_exchange.Requests);
    }

    [Fact]
    public async Task Order_AtTheLimit_IsNotSentAgainBeforeItsTime()
    {
        _exchange.Reply(Order, _ => StubExchange.Json("""{"code":-1003,"msg":"Too many requests."}""", 429, ("Retry-After", "30")));

        Assert.IsType<OrderOutcome<OrderState>.NotExecuted>(await Place());
        Assert.Single(_exchange.Requests);

        // The next one waits for its five seconds and is given back unsent: by then it would be another decision.
        var second = Assert.IsType<OrderOutcome<OrderState>.NotExecuted>(await Place());
        Assert.Equal(ErrorAdvice.WaitForLimit, second.Error.Rule.Advice);
        Assert.Single(_exchange.Requests);
    }

    [Fact]
    public async Task Question_AtTheLimit_WaitsForItsEndAndIsAnswered()
    {
        var times = new List<DateTimeOffset>();
        _exchange.Reply("GET /fapi/v1/openInterest", _ =>
        {
            times.Add(_exchange.Time.GetUtcNow());
            return times.Count == 1
                ? StubExchange.Json("""{"code":-1003,"msg":"Too many requests; current limit is 2400 request weight per 1 MINUTE."}""", 429, ("Retry-After", "17"))
                : StubExchange.Json(Payload.Read("openInterest"));
        });

        await _exchange.Let(_exchange.Rest.OpenInterestAsync(Symbol.Btc));

        Assert.InRange(times[1] - times[0], TimeSpan.FromSeconds(17), TimeSpan.FromSeconds(18));
        Assert.Empty(_exchange.Alerts.Raised);
    }

    [Theory]
    [InlineData(418, "120", "Way too many requests; IP banned until 0000000000000. Please use the websocket.", 120)]
    [InlineData(418, null, "Way too many requests; IP(1.2.3.4) banned until {+300}. Please use the websocket.", 300)]
    [InlineData(418, "60", "Way too many requests; IP banned until {+300}.", 300)]
    [InlineData(418, null, "", 120)]
    [InlineData(429, "10", "Way too many requests; IP banned until {+300}.", 300)]
    public async Task Ban_ByStatusHeaderAndText_HoldsEveryoneUntilItsEnd(int status, string? retryAfter, string text, int seconds)
    {
        var message = text.Replace("{+300}", $"{_exchange.NowMs + 300_000}");
        var times = new List<DateTimeOffset>();
        _exchange.Reply("GET /fapi/v1/openInterest", _ =>
        {
            times.Add(_exchange.Time.GetUtcNow());
            if (times.Count > 1) return StubExchange.Json(Payload.Read("openInterest"));
            return StubExchange.Json($$"""{"code":-1003,"msg":"{{message}}"}""", status, retryAfter is null ? [] : [("Retry-After", retryAfter)]);
        });

        var first = _exchange.Rest.OpenInterestAsync(Symbol.Btc);
        while (times.Count == 0) await Task.Delay(1, TestContext.Current.CancellationToken);
        var others = Enumerable.Range(0, 20).Select(_ => _exchange.Rest.OpenInterestAsync(Symbol.Btc)).ToArray();
        await _exchange.Let(Task.WhenAll([first, .. others]));

        Assert.Equal(22, times.Count);
        Assert.All(times.Skip(1), time => Assert.True(time - times[0] >= TimeSpan.FromSeconds(seconds)));
        Assert.True(times[1] - times[0] < TimeSpan.FromSeconds(seconds + 3));
        Assert.Equal(AlertKind.Ban, Assert.Single(_exchange.Alerts.Raised).Kind);
        Assert.Single(_exchange.Logs.Lines, line => line.Contains("418"));
        Assert.InRange(_exchange.Bans.UntilMs - times[0].ToUnixTimeMilliseconds(), (seconds * 1_000L) - 1, (seconds * 1_000L) + 1);
    }

    [Theory]
    [InlineData(451, "", "text/html")]
    [InlineData(403, "<html>Request blocked</html>", "text/html")]
    [InlineData(401, """{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action"}""", "application/json")]
    public async Task Refusal_ThatAPersonHasToMend_RaisesOneAlertAndIsNotRepeated(int status, string body, string type)
    {
        _exchange.Reply("GET /fapi/v3/account", _ => StubExchange.Raw(body, status, type));
        for (var i = 0; i < 3; i++)
        {
            var fault = await Assert.ThrowsAsync<ExchangeException>(() => _exchange.Rest.AccountAsync());
            Assert.Equal(ExchangeFault.Forbidden, fault.Fault);
        }

        Assert.Equal(3, _exchange.Requests.Count);
        Assert.Equal(AlertKind.Exchange, Assert.Single(_exchange.Alerts.Raised).Kind);
    }

    [Fact]
    public async Task Timestamp_Refused_ReadsTheClockOnceAndTriesOnce()
    {
        _exchange.InTurn(Order, OutsideOfTheWindow, () => StubExchange.Json(Payload.Read("order.placed")));
        Assert.IsType<OrderOutcome<OrderState>.Accepted>(await Place());
        Assert.Equal(10, _exchange.TimeRequests);   // five before the first signed request, five after the refusal

        _exchange.InTurn(Order, OutsideOfTheWindow);
        Assert.Equal(-1021, Assert.IsType<OrderOutcome<OrderState>.Rejected>(await Place()).Error.Code);
        Assert.Equal(15, _exchange.TimeRequests);
        Assert.Equal(4, _exchange.Requests.Count);
    }

    [Fact]
    public async Task Question_WithoutKeys_SaysWhichVariableIsMissing()
    {
        using var exchange = new StubExchange(withKeys: false);

        var fault = await Assert.ThrowsAsync<ExchangeException>(() => exchange.Rest.AccountAsync());
        Assert.Contains("FUTURESBOT_BINANCE_API_KEY", fault.Message);
        Assert.Empty(exchange.AllRequests);
    }

    [Fact]
    public async Task Answer_ThatIsTooLong_IsNotReadToItsEnd()
    {
        using var exchange = new StubExchange(new ExchangeOptions { AnswerMaxMib = 1 });
        exchange.Answer("GET /fapi/v1/openInterest", new string(' ', 2 << 20));

        var fault = await Assert.ThrowsAsync<ExchangeException>(() => exchange.Rest.OpenInterestAsync(Symbol.Btc));
        Assert.Equal(ExchangeFault.Malformed, fault.Fault);
        Assert.Contains("more than 1 MiB", fault.Message);
    }

    private static HttpResponseMessage OutsideOfTheWindow() =>
        StubExchange.Json("""{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}""", 400);

    private Task<OrderOutcome<OrderState>> Place() => _exchange.Let(_exchange.Rest.PlaceOrderAsync(EndpointCalls.Market, RequestLane.Entry));

    private void Silence(string line) => _exchange.Reply(line, async (_, cancel) =>
    {
        await Task.Delay(Timeout.Infinite, cancel);
        throw new InvalidOperationException("never");
    });
}
