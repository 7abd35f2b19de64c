using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Limits;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Simulator.Wire;

/// <summary>
/// What happens to a call, whichever door it came in by: limits, key and signature, what goes wrong, and the call itself.
/// </summary>
internal sealed partial class CallDesk(
    EndpointTable table, MarketClock clock, ExchangeContext context, FaultControl faults, AddressLimits addresses,
    OrderLimits orders, KeyRing keys)
{
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

    private static readonly Answer TooMany = new Refusal(
        -1003, "Too many requests; please use the websocket for live updates.", 429);

    private static readonly Answer Broken = new Refusal(-1000, "An unknown error occurred while processing the request.", 500);

    /// <summary>Carries a call out, or does with it whatever goes wrong.</summary>
    /// <param name="method">Such as <c>GET</c>.</param>
    /// <param name="path">Such as <c>/fapi/v1/order</c>.</param>
    /// <param name="parameters">What was sent.</param>
    /// <param name="caller">Who sent it.</param>
    /// <param name="aborted">The caller has gone: nobody waits for an answer any more.</param>
    public async Task<CallResult> CarryOutAsync(
        string method, string path, Parameters parameters, Caller caller, CancellationToken aborted)
    {
        var name = $"{method} {path}";
        if (Strikes(FaultKind.Forbidden, name)) return new(Html403);
        if (Strikes(FaultKind.BlockedRegion, name)) return new(Region451);
        if (Strikes(FaultKind.Maintenance, name)) return new(Maintained);

        if (table.Find(method, path) is not { } endpoint)
        {
            addresses.Take(caller.Address, RequestPool.Weight, weight: 1);
            return new(new Refusal(-5000, $"Path {path}, Method {method} is invalid", 404));
        }

        if (faults.OfCall(FaultKind.Ban, name, parameters["symbol"]) is { } ban)
            addresses.Ban(caller.Address, TimeSpan.FromMilliseconds(ban.Ms));
        var admission = addresses.Take(caller.Address, endpoint.Pool, endpoint.Weight(parameters));
        var result = new CallResult(null) { UsedWeight = admission.UsedWeight };
        if (admission.Refusal is { } refused)
            return result with { Answer = refused, RetryAfterSeconds = admission.RetryAfterSeconds };
        if (faults.OfCall(FaultKind.TooManyRequests, name, parameters["symbol"]) is { } many)
            return result with { Answer = TooMany, RetryAfterSeconds = (int)((many.Ms + 999) / 1000) };

        if (parameters.Duplicate is { } twice)
            return result with { Answer = new Refusal(-1101, $"Duplicate values for parameter '{twice}' detected.") };
        if (faults.OfCall(FaultKind.Latency, name, parameters["symbol"]) is { } latency)
            await Task.Delay(TimeSpan.FromMilliseconds(latency.Ms), context.Wall, aborted);
        if (keys.Check(endpoint.Security, caller.Key, parameters, clock.NowMs + faults.SkewMs, out var account) is { } unsigned)
            return result with { Answer = unsigned };
        if (endpoint.Orders(parameters) is > 0 and var count)
        {
            var (tenSeconds, minute, tooMany) = orders.Take(account, count);
            result = result with { Orders = (tenSeconds, minute) };
            if (tooMany is not null) return result with { Answer = tooMany };
        }

        return result with { Answer = await CarryOutAsync(new(endpoint, parameters, clock.NowMs, account), aborted) };
    }

    /// <summary>What a way in that is no call costs, such as the handshake of the WebSocket API.</summary>
    public Admission Admit(string address, int weight) => addresses.Take(address, RequestPool.Weight, weight);

    private async Task<Answer?> CarryOutAsync(ApiCall call, CancellationToken aborted)
    {
        if (Of(FaultKind.TimeoutBefore) is { } lost)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(lost.Ms), context.Wall, aborted);
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
            await Task.Delay(TimeSpan.FromMilliseconds(unheard.Ms), context.Wall, aborted);
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
