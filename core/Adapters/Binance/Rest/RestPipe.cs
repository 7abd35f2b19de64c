using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Telemetry;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>
/// The one way by which requests leave: budget, signature, time-out, answer, error, repeat. Nothing of a request but its
/// method and path is ever written anywhere.
/// </summary>
internal sealed partial class RestPipe : IDisposable
{
    private const int MessageMax = 300;

    // Orders wait so long for the limits, and are then given back unsent: what is decided has to be decided anew by then.
    private static readonly TimeSpan EntryPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OrderPatience = TimeSpan.FromSeconds(30);

    private readonly RestParts _parts;
    private readonly ExchangeOptions _options;
    private readonly RequestSigner? _signer;
    private readonly ILogger _log;
    private readonly ResiliencePipeline<RestResult> _reads, _orders;
    private readonly SemaphoreSlim _timeTurn = new(1, 1);

    public RestPipe(RestParts parts)
    {
        (_parts, _options, _log) = (parts, parts.Options, parts.Logs.CreateLogger<RestPipe>());
        _signer = parts.Keys is { } keys ? RequestSigner.For(keys) : null;
        var random = new Random(parts.Seed);
        double Next()
        {
            lock (random) return random.NextDouble();
        }

        _reads = Repeats(_options.RetriesMax, _options.RetryFirstMs, _options.RetryLongestMs, IsTransient, Next);
        // 200, 400, 800 ms (spec 2.12): an order that the exchange was too busy for is soon too old to be worth it.
        _orders = Repeats(3, 200, 800, failed => failed.Error.Rule is { Fate: ErrorFate.NotExecuted, Advice: ErrorAdvice.BackOff }, Next);
    }

    public RestTally Tally { get; } = new();

    public ExchangeClock Clock => _parts.Clock;

    /// <summary>Sends a request, and repeats it as its endpoint allows.</summary>
    /// <exception cref="OperationCanceledException">The caller ended it; of an order only while it had not left.</exception>
    public async Task<RestResult> SendAsync(Endpoint endpoint, RequestForm form, RequestLane lane, CancellationToken cancel)
    {
        if (endpoint.Security != RequestSecurity.None && _parts.Keys is null)
            throw new ExchangeException(ExchangeFault.Forbidden, $"{endpoint}: no API key is set ({BinanceKeys.ApiKeyVariable})");
        var call = new Call(endpoint, form, lane);
        var repeats = endpoint.Repeat == RepeatRule.Safe ? _reads : _orders;
        return await repeats.ExecuteAsync(
            static async (state, token) => await state.Pipe.OnceWithClockAsync(state.call, token), (Pipe: this, call), cancel);
    }

    /// <summary>Reads the exchange's clock, unless it was read since <paramref name="seen"/>.</summary>
    public async Task ReadClockAsync(int seen, CancellationToken cancel)
    {
        await Clock.SynchroniseAsync(AskTimeAsync, seen, cancel);
        // The server's minutes are the ones that count. A simulated exchange that runs at a speed keeps its limits on
        // this machine's wall clock.
        _parts.Budget.ServerOffset = Clock.Offset ?? TimeSpan.Zero;
    }

    /// <summary>
    /// The exchange's own time, asked for when it has not told one as late as <paramref name="wantedMs"/> before: what a
    /// request that leaves afterwards calls a candle of earlier is final. Those who come meanwhile share the answer.
    /// </summary>
    /// <exception cref="ExchangeException">It cannot be read.</exception>
    public async Task<long> ToldAsync(long wantedMs, RequestLane lane, CancellationToken cancel)
    {
        var seen = Clock.ToldMs;
        if (seen >= wantedMs) return seen;
        await _timeTurn.WaitAsync(cancel);
        try
        {
            if (Clock.ToldMs is var told && told != seen) return told;
            var result = await SendAsync(Endpoints.Time, RequestForm.Empty, lane, cancel);
            if (result is RestResult.Failed { Error: var error }) throw error.ToException();
            return Clock.ToldMs = TimeOf((RestResult.Answered)result);
        }
        finally
        {
            _timeTurn.Release();
        }
    }

    /// <summary>Counts an answer that could not be read, says so once in a while, and makes the error of it.</summary>
    public RestError Unreadable(Endpoint endpoint, string because)
    {
        var error = new RestError(endpoint.Name, Status: null, Code: null, because, ErrorTable.Unreadable);
        Note(error);
        return error;
    }

    public void Dispose()
    {
        _signer?.Dispose();
        _timeTurn.Dispose();
    }

    private ResiliencePipeline<RestResult> Repeats(
        int most, int firstMs, int longestMs, Func<RestResult.Failed, bool> repeatable, Func<double> random)
    {
        var pipeline = new ResiliencePipelineBuilder<RestResult> { TimeProvider = _parts.Time };
        if (most > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions<RestResult>
            {
                MaxRetryAttempts = most,
                Delay = TimeSpan.FromMilliseconds(firstMs),
                MaxDelay = TimeSpan.FromMilliseconds(longestMs),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Randomizer = random,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is RestResult.Failed failed && repeatable(failed)),
            });
        }

        return pipeline.Build();
    }

    private static bool IsTransient(RestResult.Failed failed) => failed.Error.Rule.Fault
        is ExchangeFault.Unreachable or ExchangeFault.Overloaded or ExchangeFault.Limited or ExchangeFault.Banned;

    // −1021: the clock is read once, and the request sent once more. It was refused before anything else was looked at,
    // so this is safe for orders too.
    private async ValueTask<RestResult> OnceWithClockAsync(Call call, CancellationToken cancel)
    {
        if (call.Endpoint.Security == RequestSecurity.Signed) await KeepClockAsync(cancel);
        var seen = Clock.Version;
        var result = await OnceAsync(call, cancel);
        if (result is not RestResult.Failed { Error.Code: -1021 } || call.Endpoint.Security != RequestSecurity.Signed) return result;
        LogClockOff(call.Endpoint.Name);
        await ReadClockAsync(seen, cancel);
        return await OnceAsync(call, cancel);
    }

    private async Task KeepClockAsync(CancellationToken cancel)
    {
        var seen = Clock.Version;
        if (Clock.Age < TimeSpan.FromMinutes(_options.ClockSyncMinutes)) return;
        try
        {
            await ReadClockAsync(seen, cancel);
        }
        catch (ExchangeException e) when (Clock.IsSynchronised)
        {
            LogClockOld(Clock.Age, e.Message);   // the old reading goes on, and −1021 tells when it no longer does
        }
    }

    private async Task<long> AskTimeAsync(CancellationToken cancel)
    {
        var result = await OnceAsync(new(Endpoints.Time, RequestForm.Empty, RequestLane.Reconcile), cancel);
        if (result is RestResult.Failed { Error: var error }) throw error.ToException();
        return TimeOf((RestResult.Answered)result);
    }

    private long TimeOf(RestResult.Answered answered)
    {
        try
        {
            using var answer = JsonDocument.Parse(answered.Body);
            return answer.RootElement.Whole("serverTime", min: 1);
        }
        catch (Exception e) when (e is JsonException or MalformedException)
        {
            throw Unreadable(Endpoints.Time, e.Message).ToException();
        }
    }

    private async Task<RestResult> OnceAsync(Call call, CancellationToken cancel)
    {
        using var span = BotTelemetry.StartWithin(Spans.ExchangeRequest, ActivityKind.Client)?.SetTag(Attributes.Endpoint, call.Endpoint.Name);
        using var lease = await EnterAsync(call, cancel);
        if (lease is null) return Fail(new(call.Endpoint.Name, null, null, "", ErrorTable.WaitedTooLong), span);

        var sentMs = Clock.NowMs;
        using var request = Build(call, sentMs);
        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(_options.TimeoutMs), _parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        Tally.Sent(call.Endpoint);
        var sentAt = _parts.Time.GetTimestamp();
        try
        {
            using var response = await _parts.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            Tally.Answered(call.Endpoint, _parts.Time.GetElapsedTime(sentAt));
            lease.Answered(BudgetHeaders.Read(response.Headers));
            span?.SetTag("http.response.status_code", (int)response.StatusCode);
            var body = await ReadAsync(response.Content, either.Token);
            if (body is null) return Fail(new(call.Endpoint.Name, (int)response.StatusCode, null, $"more than {_options.AnswerMaxMib} MiB", ErrorTable.Unreadable), span);
            if (response.IsSuccessStatusCode) return new RestResult.Answered(body, sentMs);
            return Fail(await JudgeAsync(call.Endpoint, response, body), span);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested && call.Endpoint.Repeat == RepeatRule.Safe)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            var why = cancel.IsCancellationRequested ? "ended by the caller after it had left" : $"no answer in {_options.TimeoutMs} ms";
            return Fail(new(call.Endpoint.Name, null, null, why, ErrorTable.NoAnswer), span);
        }
        catch (MalformedException e)
        {
            return Fail(new(call.Endpoint.Name, null, null, e.Message, ErrorTable.Unreadable), span);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            var rule = e is HttpRequestException http && NeverLeft(http) ? ErrorTable.NotSent : ErrorTable.NoAnswer;
            return Fail(new(call.Endpoint.Name, null, null, _parts.Redactor.Describe(e), rule), span);
        }
    }

    private static bool NeverLeft(HttpRequestException e) => e.HttpRequestError
        is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    // Null when an order would have to wait too long.
    private async Task<BudgetLease?> EnterAsync(Call call, CancellationToken cancel)
    {
        var cost = call.Endpoint.CostOf(call.Form);
        if (call.Endpoint.Repeat == RepeatRule.Safe) return await _parts.Budget.EnterAsync(cost, call.Lane, cancel);

        using var patience = new CancellationTokenSource(call.Lane == RequestLane.Entry ? EntryPatience : OrderPatience, _parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            return await _parts.Budget.EnterAsync(cost, call.Lane, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private HttpRequestMessage Build(Call call, long nowMs)
    {
        var (endpoint, payload) = (call.Endpoint, call.Form.Encoded);
        if (endpoint.Security == RequestSecurity.Signed)
        {
            // On a fast simulated exchange the way there takes more market time, so the window is longer too.
            var window = (long)Math.Min(60_000, _options.RecvWindowMs * Math.Max(1, Clock.Speed));
            // A timestamp that is early by what the clock may be wrong is in the window; one second ahead is refused. A
            // simulated exchange's time goes in steps, so there the middle of the window is aimed at.
            var early = !Clock.IsSynchronised ? 0 : (long)(Clock.Speed > 1 ? window / 2 : Math.Min(Clock.UncertaintyMs, window / 4.0));
            payload += $"{(payload.Length > 0 ? "&" : "")}recvWindow={window}&timestamp={nowMs - early}";
            payload += "&signature=" + Uri.EscapeDataString(_signer!.Sign(payload));
        }

        var host = endpoint.OnSpot ? _parts.Addresses.Spot! : _parts.Addresses.Rest;
        var inQuery = endpoint.Method == HttpMethod.Get && payload.Length > 0;
        var request = new HttpRequestMessage(endpoint.Method, new Uri(host, endpoint.Path + (inQuery ? "?" + payload : "")));
        if (!inQuery && payload.Length > 0)
            request.Content = new StringContent(payload, Encoding.ASCII, "application/x-www-form-urlencoded");
        if (endpoint.Security != RequestSecurity.None) request.Headers.TryAddWithoutValidation("X-MBX-APIKEY", _parts.Keys!.ApiKey.Reveal());
        request.Headers.TryAddWithoutValidation("User-Agent", "FuturesBot");
        return request;
    }

    private async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancel)
    {
        var most = (long)_options.AnswerMaxMib << 20;
        await using var stream = await content.ReadAsStreamAsync(cancel);
        using var body = new MemoryStream((int)Math.Clamp(content.Headers.ContentLength ?? 0, 256, most));
        var buffer = new byte[1 << 14];
        try
        {
            for (int count; (count = await stream.ReadAsync(buffer, cancel)) > 0;)
            {
                if (body.Length + count > most) return null;
                body.Write(buffer, 0, count);
            }
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)   // the latter: brotli's
        {
            throw new MalformedException("the answer is not compressed as it says");
        }

        return body.ToArray();
    }

    private async Task<RestError> JudgeAsync(Endpoint endpoint, HttpResponseMessage response, byte[] body)
    {
        var (code, message) = ErrorIn(body);
        var status = (int)response.StatusCode;
        var banEndsMs = BanEnd(message);
        if (status == 418 || (status == 429 && banEndsMs is not null))
        {
            var now = _parts.Time.GetUtcNow().ToUnixTimeMilliseconds();
            var told = RetryAfter(response) is { } left ? now + (long)left.TotalMilliseconds : (long?)null;
            // Bans begin at two minutes; the message's moment is of the server's clock.
            var until = Math.Max(told ?? 0, banEndsMs - (long)_parts.Budget.ServerOffset.TotalMilliseconds ?? 0);
            await _parts.Budget.BannedAsync(until > now ? until : now + 120_000);
        }
        else if (status == 429)
        {
            _parts.Budget.Limited(RetryAfter(response));
        }

        // What is not the exchange's own JSON is not quoted: it is a page of something in between. Cleaned first and cut
        // then: half a secret would not be known again.
        var text = _parts.Redactor.Clean(message ?? Kind(response, body));
        return new(endpoint.Name, status, code, text.Length <= MessageMax ? text : text[..MessageMax] + "…", ErrorTable.Find(status, code, message));
    }

    private static string Kind(HttpResponseMessage response, byte[] body) =>
        body.Length == 0 ? "an empty answer" : $"{body.Length} bytes of {response.Content.Headers.ContentType?.MediaType ?? "no known type"}";

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _parts.Time.GetUtcNow(),
        _ => null,
    };

    private static long? BanEnd(string? message) =>
        message is not null && BanText().Match(message) is { Success: true } found
        && long.TryParse(found.Groups["ms"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            ? ms
            : null;

    private static (int? Code, string? Message) ErrorIn(byte[] body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            if (answer.RootElement.ValueKind != JsonValueKind.Object) return (null, null);
            var code = answer.RootElement.TryGetProperty("code", out var c) && c.ValueKind == JsonValueKind.Number && c.TryGetInt32(out var number) ? number : (int?)null;
            var message = answer.RootElement.TryGetProperty("msg", out var m) && m.ValueKind == JsonValueKind.String ? m.GetString() : null;
            return (code, message);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)   // the latter: text that is no UTF-8
        {
            return (null, null);
        }
    }

    private RestResult.Failed Fail(RestError error, Activity? span)
    {
        span?.SetTag(Attributes.Code, error.Code ?? error.Status).SetStatus(ActivityStatusCode.Error, error.ToString());
        Note(error);
        return new(error);
    }

    private void Note(RestError error)
    {
        var count = Tally.Failed(error.Endpoint, error.Rule.Fault, error.Status, error.Code);
        // The first of a kind, then at 10, 100, 1,000: enough to see, too few to fill a disk.
        if (error.Rule.Fault is not (ExchangeFault.Banned or ExchangeFault.Limited) && IsPowerOfTen(count)) LogFault(error.ToString(), count);
        if (error.Rule.Fault == ExchangeFault.Forbidden && count == 1)
        {
            var nowMs = _parts.Time.GetUtcNow().ToUnixTimeMilliseconds();
            _parts.Alerts.Raise(new(
                AlertKind.Exchange, $"forbidden {error.Status} {error.Code}", $"{error}. {ForbiddenAdvice(error)}", nowMs,
                new ExchangeAlert(nowMs, error.Status ?? 0, error.Code ?? 0, error.Message)));
        }
    }

    private static string ForbiddenAdvice(RestError error) => error switch
    {
        { Status: 451 } => "Run it in a country or region that the exchange serves.",
        { Status: 403 } => "Use another address or region; a firewall looks at what this one sends.",
        _ => "Look at the key, its permissions and its address list on the exchange's page.",
    };

    private static bool IsPowerOfTen(long count)
    {
        while (count % 10 == 0) count /= 10;
        return count == 1;
    }

    [GeneratedRegex(@"banned until (?<ms>\d{13})\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex BanText();

    [LoggerMessage(3111, LogLevel.Warning, "{Error} (number {Count} of its kind)")]
    private partial void LogFault(string error, long count);

    [LoggerMessage(3112, LogLevel.Warning, "{Endpoint} was refused for its timestamp (-1021); the exchange's clock is read anew")]
    private partial void LogClockOff(string endpoint);

    [LoggerMessage(3113, LogLevel.Warning, "The exchange's clock was last read {Age} ago and cannot be read now: {Error}")]
    private partial void LogClockOld(TimeSpan age, string error);

    private readonly record struct Call(Endpoint Endpoint, RequestForm Form, RequestLane Lane);
}
