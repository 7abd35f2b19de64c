using System.Buffers;
using System.Globalization;
using System.Text.Json;
using FuturesBot.Simulator.Faults;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Simulator.Wire;

/// <summary>
/// Where the WebSocket API's connections come in: a request is a REST call in a message, and shares limits, keys, faults, matching
/// engine and account with REST. Requests are begun in the order in which they come; one that is held up holds up none after it.
/// </summary>
internal sealed class ApiDoor(StreamHub hub, CallDesk desk, MarketClock clock, ExchangeContext context, FaultControl faults)
{
    private const string Path = "/ws-fapi/v1";
    private const int HandshakeWeight = 5;
    private const int FirstBytes = 1_024;

    // The exchange limits requests by weight and orders alone; this bounds what one connection can have us remember.
    private const int MessagesPerSecondMax = 1_000;

    private static readonly Refusal NoSessions = Refusal.NotModelled("Ed25519 keys, and without them there are no sessions");

    private readonly SocketReader _reader = new(context.Wall, context.Log);

    /// <summary>True for a path that leads here.</summary>
    public static bool Leads(string path) => path == Path;

    public async Task ServeAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        var address = http.Connection.RemoteIpAddress?.ToString() ?? "";
        if (IsKeptOut(http, address)) return;
        using var connection = new StreamConnection(StreamRoute.Api, context.Options.QueueMax, context.Wall) { OpenedMs = clock.NowMs };
        var wantsLimits = !string.Equals(http.Request.Query["returnRateLimits"], "false", StringComparison.OrdinalIgnoreCase);
        lock (context.Gate) hub.Add(connection);
        try
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            var writing = connection.WriteAsync(socket);
            await _reader.ReadAsync(connection, socket, MessagesPerSecondMax, Take, http.RequestAborted);
            connection.Abort();
            await writing;
        }
        finally
        {
            lock (context.Gate) hub.Remove(connection);
        }

        void Take(ReadOnlyMemory<byte> message)
        {
            if (ApiRequest.TryRead(message, out var id, out var request) is { } unread)
                connection.Send(Written(id, new(unread), limits: false));
            else
                _ = AnswerAsync(connection, id, request!, address, request!.WantsLimits ?? wantsLimits);
        }
    }

    private bool IsKeptOut(HttpContext http, string address)
    {
        var name = $"GET {Path}";
        var status = Strikes(FaultKind.Forbidden) ? StatusCodes.Status403Forbidden
            : Strikes(FaultKind.BlockedRegion) ? StatusCodes.Status451UnavailableForLegalReasons
            : Strikes(FaultKind.Maintenance) ? StatusCodes.Status503ServiceUnavailable
            : 0;
        if (status == 0 && desk.Admit(address, HandshakeWeight) is { Refusal: { } refusal } admission)
        {
            status = refusal.Status;
            http.Response.Headers.RetryAfter = admission.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        if (status != 0) http.Response.StatusCode = status;
        return status != 0;

        bool Strikes(FaultKind kind) => faults.OfCall(kind, name, null) is not null;
    }

    private async Task AnswerAsync(StreamConnection connection, string id, ApiRequest request, string address, bool limits)
    {
        try
        {
            var result = await CarryOutAsync(request, address, connection.Cut);
            if (result.Answer is not { } answer) return;   // never answered; the connection lives
            if (answer.ContentType == "application/json") connection.Send(Written(id, result, limits));
            else connection.Abort();   // a proxy's page has no form here
        }
        catch (OperationCanceledException) when (connection.Cut.IsCancellationRequested)
        {
            // The client hung up: there is nobody to answer.
        }
    }

    private async Task<CallResult> CarryOutAsync(ApiRequest request, string address, CancellationToken cut)
    {
        if (request.Method.StartsWith("session.", StringComparison.Ordinal)) return new(NoSessions);
        if (!ApiMethods.TryFind(request.Method, out var call)) return new(new Refusal(-5000, $"Method {request.Method} is invalid"));
        var key = request.Parameters["apiKey"] ?? "";
        return await desk.CarryOutAsync(call.Method, call.Path, request.Parameters, new(address, key), cut);
    }

    private ReadOnlyMemory<byte> Written(string id, CallResult result, bool limits)
    {
        var answer = result.Answer!;
        var buffer = new ArrayBufferWriter<byte>(FirstBytes + answer.Body.Length);

        // Rubbish goes out as it is.
        using (var json = new Utf8JsonWriter(buffer, WireJson.Written with { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WritePropertyName("id");
            json.WriteRawValue(id, skipInputValidation: true);
            json.WriteNumber("status", answer.Status);
            json.WritePropertyName(answer.Status == 200 ? "result" : "error");
            json.WriteRawValue(answer.Status is 418 or 429 ? WithRetry(answer, result.RetryAfterSeconds).Span : answer.Body.Span, skipInputValidation: true);
            if (limits) WriteLimits(json, result);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The refusal with the time from which on requests may be made again.</summary>
    private ReadOnlyMemory<byte> WithRetry(Answer answer, int seconds)
    {
        using var refusal = JsonDocument.Parse(answer.Body);
        var nowMs = context.Wall.GetUtcNow().ToUnixTimeMilliseconds();
        return Answer.Json(json =>
        {
            json.WriteStartObject();
            foreach (var field in refusal.RootElement.EnumerateObject()) field.WriteTo(json);
            json.WriteStartObject("data");
            json.WriteNumber("serverTime", nowMs);
            json.WriteNumber("retryAfter", nowMs + (seconds * 1_000L));
            json.WriteEndObject();
            json.WriteEndObject();
        }).Body;
    }

    private static void WriteLimits(Utf8JsonWriter json, CallResult result)
    {
        json.WriteStartArray("rateLimits");
        if (result.Orders is { } orders)
        {
            Limit("ORDERS", "SECOND", 10, 300, orders.TenSeconds);
            Limit("ORDERS", "MINUTE", 1, 1_200, orders.Minute);
        }

        if (result.UsedWeight is { } weight) Limit("REQUEST_WEIGHT", "MINUTE", 1, 2_400, weight);
        json.WriteEndArray();

        void Limit(string type, string interval, int intervals, int limit, int count)
        {
            json.WriteStartObject();
            json.WriteString("rateLimitType", type);
            json.WriteString("interval", interval);
            json.WriteNumber("intervalNum", intervals);
            json.WriteNumber("limit", limit);
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }
    }
}
