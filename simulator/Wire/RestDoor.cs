using System.Globalization;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Simulator.Wire;

/// <summary>Where REST calls come in: limits, key and signature, what goes wrong, the call itself, and the answer's headers.</summary>
internal sealed partial class RestDoor(
    EndpointTable table, MarketClock clock, ExchangeContext context, FaultControl faults, AddressLimits addresses,
    OrderLimits orders, KeyRing keys)
{
    private const int BodyCharsMax = 1 << 20;

    private static readonly Answer Html403 = new(403, "<html><head><title>ERROR: The request could not be satisfied</title></head></html>"u8.ToArray())
    {
        ContentType = "text/html",
    };

    private static readonly Answer Html502 = new(502, "<html><head><title>502 Bad Gateway</title></head></html>"u8.ToArray())
    {
        ContentType = "text/html",
    };

    private static readonly Answer Region451 = new Refusal(
        0, "Service unavailable from a restricted location according to 'b. Eligibility' in the terms of use.", 451);

    private static readonly Answer Maintained = new Refusal(-1001, "System is under maintenance.", 503);

    private static readonly Answer Broken = new Refusal(-1000, "An unknown error occurred while processing the request.", 500);

    public async Task ServeAsync(HttpContext http)
    {
        try
        {
            if (await AnswerAsync(http) is not { } answer)
            {
                http.Abort();
                return;
            }

            http.Response.StatusCode = answer.Status;
            http.Response.ContentType = answer.ContentType;
            http.Response.ContentLength = answer.Body.Length;
            foreach (var (name, value) in answer.Headers) http.Response.Headers[name] = value;
            await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client hung up: there is nobody to answer.
        }
    }

    /// <returns>Null when the connection is to be cut without an answer.</returns>
    private async Task<Answer?> AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        var method = http.Request.Method;
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "";
        var call = $"{method} {path}";
        if (Strikes(FaultKind.Forbidden, call)) return Html403;
        if (Strikes(FaultKind.BlockedRegion, call)) return Region451;
        if (Strikes(FaultKind.Maintenance, call)) return Maintained;

        if (table.Find(method, path) is not { } endpoint)
        {
            addresses.Take(address, RequestPool.Weight, weight: 1);
            return new Refusal(-5000, $"Path {path}, Method {method} is invalid", 404);
        }

        if (await ReadAsync(http) is not { } parameters) return new Refusal(-1102, "The body was too long.", 413);
        if (faults.OfCall(FaultKind.Ban, call, parameters["symbol"]) is { } ban)
            addresses.Ban(address, TimeSpan.FromMilliseconds(ban.Ms));
        var admission = addresses.Take(address, endpoint.Pool, endpoint.Weight(parameters));
        http.Response.Headers["X-MBX-USED-WEIGHT-1M"] = admission.UsedWeight.ToString(CultureInfo.InvariantCulture);
        if (admission.Refusal is { } refused) return RetryAfter(refused, admission.RetryAfterSeconds);
        if (faults.OfCall(FaultKind.TooManyRequests, call, parameters["symbol"]) is { } many)
            return RetryAfter(new(-1003, "Too many requests; please use the websocket for live updates.", 429), (int)((many.Ms + 999) / 1000));

        if (parameters.Duplicate is { } twice) return new Refusal(-1101, $"Duplicate values for parameter '{twice}' detected.");
        if (faults.OfCall(FaultKind.Latency, call, parameters["symbol"]) is { } latency)
            await Task.Delay(TimeSpan.FromMilliseconds(latency.Ms), context.Wall, http.RequestAborted);
        var key = http.Request.Headers["X-MBX-APIKEY"].ToString();
        if (keys.Check(endpoint.Security, key, parameters, clock.NowMs + faults.SkewMs, out var account) is { } unsigned) return unsigned;
        return CountOrders(http, endpoint, parameters, account) is { } tooMany
            ? tooMany
            : await CarryOutAsync(http, new(endpoint, parameters, clock.NowMs, account));
    }

    private static Answer RetryAfter(Refusal refusal, int seconds) => Answer.Of(refusal) with
    {
        Headers = [new("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))],
    };

    private static async Task<Parameters?> ReadAsync(HttpContext http)
    {
        var query = http.Request.QueryString.Value is { Length: > 0 } text ? text[1..] : "";
        if (http.Request.ContentLength == 0 || HttpMethods.IsGet(http.Request.Method)) return new(query);
        if (http.Request.ContentLength > BodyCharsMax) return null;
        using var reader = new StreamReader(http.Request.Body);
        var body = new char[BodyCharsMax];
        var length = await reader.ReadBlockAsync(body, http.RequestAborted);
        return length == BodyCharsMax ? null : new(query, new(body, 0, length));
    }

    private Refusal? CountOrders(HttpContext http, Endpoint endpoint, Parameters parameters, string account)
    {
        if (endpoint.Orders(parameters) is not (> 0 and var count)) return null;
        var (tenSeconds, minute, refusal) = orders.Take(account, count);
        http.Response.Headers["X-MBX-ORDER-COUNT-10S"] = tenSeconds.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-MBX-ORDER-COUNT-1M"] = minute.ToString(CultureInfo.InvariantCulture);
        return refusal;
    }

    private async Task<Answer?> CarryOutAsync(HttpContext http, ApiCall call)
    {
        if (Of(FaultKind.TimeoutBefore) is { } lost)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(lost.Ms), context.Wall, http.RequestAborted);
            return null;
        }

        if (Instead(call) is { } instead)
        {
            if (instead.Executed) Handle(call);
            return instead.Answer;
        }

        var answer = Handle(call);
        if (Of(FaultKind.TimeoutAfter) is { } unheard)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(unheard.Ms), context.Wall, http.RequestAborted);
            return null;
        }

        if (Of(FaultKind.UnknownFields) is not null) answer = answer with { Body = Spoiled.WithUnknownField(answer.Body) };
        if (Of(FaultKind.RubbishAnswer) is { } rubbish) answer = answer with { Body = Spoiled.Rubbish(answer.Body, rubbish.Dice) };
        return answer;

        FaultStrike? Of(FaultKind kind) => faults.OfCall(kind, call.Endpoint.ToString(), call.Parameters["symbol"]);
    }

    private Answer Handle(ApiCall call)
    {
        try
        {
            lock (context.Gate) return call.Endpoint.Handle(call with { NowMs = clock.NowMs });
        }
        catch (Exception wrong)
        {
            LogBroken(context.Log, wrong, call.Endpoint.ToString(), call.Parameters.ToString());
            return Broken;
        }
    }

    /// <summary>What is answered instead of the call's own answer, and whether it is carried out all the same.</summary>
    private (Answer Answer, bool Executed)? Instead(ApiCall call)
    {
        foreach (var kind in FaultsOfAnswers)
        {
            if (kind == FaultKind.Overloaded && IsExempt(call)) continue;
            if (faults.OfCall(kind, call.Endpoint.ToString(), call.Parameters["symbol"]) is { } strike)
                return (AnswerOf(kind), kind <= FaultKind.Gateway && strike.Executed);
        }

        return null;
    }

    private static readonly FaultKind[] FaultsOfAnswers =
    [
        FaultKind.UnknownError, FaultKind.UnexpectedResponse, FaultKind.BackendTimeout, FaultKind.Gateway,
        FaultKind.ServiceUnavailable, FaultKind.InternalError, FaultKind.Overloaded,
    ];

    private static Answer AnswerOf(FaultKind kind) => kind switch
    {
        FaultKind.UnknownError => new Refusal(-1001, "Unknown error, please check your request or try again later.", 503),
        FaultKind.UnexpectedResponse => new Refusal(-1006, "An unexpected response was received from the message bus. Execution status unknown.", 503),
        FaultKind.BackendTimeout => new Refusal(-1007, "Timeout waiting for response from backend server. Send status unknown; execution status unknown.", 408),
        FaultKind.Gateway => Html502,
        FaultKind.ServiceUnavailable => new Refusal(-1001, "Service Unavailable.", 503),
        FaultKind.InternalError => new Refusal(-1001, "Internal error; unable to process your request. Please try again.", 503),
        _ => new Refusal(-1008, "Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again.", 503),
    };

    private static bool IsExempt(ApiCall call) =>
        call.Endpoint.Path is "/fapi/v1/order" or "/fapi/v1/batchOrders"
        && (IsTrue(call.Parameters["reduceOnly"]) || IsTrue(call.Parameters["closePosition"])
            || call.Parameters["batchOrders"]?.Contains("\"reduceOnly\":\"true\"", StringComparison.OrdinalIgnoreCase) == true);

    private static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);

    private bool Strikes(FaultKind kind, string call) => faults.OfCall(kind, call, null) is not null;

    [LoggerMessage(6001, LogLevel.Error, "{Call} with {Parameters} could not be carried out")]
    private static partial void LogBroken(ILogger log, Exception wrong, string call, string parameters);
}
