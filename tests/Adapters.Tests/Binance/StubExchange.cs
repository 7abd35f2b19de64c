using System.Collections.Concurrent;
using System.Net;
using System.Text;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Adapters.Configuration;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Tests.Binance;

/// <summary>A request as it left.</summary>
internal sealed record SentRequest(string Method, string Path, string Query, string Body, string? ApiKey, string? ContentType)
{
    /// <summary>Parameters, wherever they were, decoded.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; } = (Query.TrimStart('?') + "&" + Body)
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));

    public string Line => $"{Method} {Path}";
}

/// <summary>
/// An exchange at the other end of <see cref="HttpClient"/>: answers are set by method and path, requests are kept, and
/// time moves when the test says so.
/// </summary>
internal sealed class StubExchange : HttpMessageHandler
{
    public const string Key = "KEYkeyKEYkeyKEYkeyKEYkey0123456789abcdefABCDEF";
    public const string SecretText = "SECRETsecretSECRETsecret9876543210zyxwvu";

    private readonly ConcurrentQueue<SentRequest> _requests = new();
    private readonly Dictionary<string, Func<SentRequest, CancellationToken, Task<HttpResponseMessage>>> _answers = [];

    public StubExchange(ExchangeOptions? options = null, ExchangeAddresses? addresses = null, double speed = 1, bool withKeys = true)
    {
        Options = options ?? new ExchangeOptions();
        Clock = new(Time, speed);
        Budget = new(BudgetLimits.From(Options), Time, Bans, Alerts, Logs.CreateLogger<RequestBudget>());
        Answer("GET /fapi/v1/time", () => $$"""{"serverTime":{{NowMs}}}""");
        var redactor = new Redactor();
        redactor.Hide(new Secret(Key));
        redactor.Hide(new Secret(SecretText));
        Rest = new(new(
            ExchangeHttp.Create(this, redactor), addresses ?? ExchangeAddresses.For(ExchangeVenue.Binance, Options),
            withKeys ? new BinanceKeys(new(Key), new Secret(SecretText)) : null, Options, Budget, Clock, redactor, Alerts, Time, Logs, Seed: 1));
    }

    public ManualTime Time { get; } = new(new(2026, 11, 1, 12, 0, 10, TimeSpan.Zero));

    public BanNotes Bans { get; } = new();

    public AlertNotes Alerts { get; } = new();

    public LogNotes Logs { get; } = new();

    public ExchangeOptions Options { get; }

    public ExchangeClock Clock { get; }

    public RequestBudget Budget { get; }

    public BinanceFuturesRest Rest { get; }

    /// <summary>Added to every answer.</summary>
    public Dictionary<string, string> Headers { get; } = new() { ["X-MBX-USED-WEIGHT-1M"] = "1" };

    public IReadOnlyList<SentRequest> AllRequests => [.. _requests];

    /// <summary>All requests but those for the time.</summary>
    public IReadOnlyList<SentRequest> Requests => [.. _requests.Where(request => request.Path != "/fapi/v1/time")];

    public int TimeRequests => _requests.Count(request => request.Path == "/fapi/v1/time");

    public long NowMs => Time.GetUtcNow().ToUnixTimeMilliseconds();

    public void Answer(string line, Func<string> body) => Reply(line, _ => Json(body()));

    public void Answer(string line, string body, int status = 200) => Reply(line, _ => Json(body, status));

    public void Reply(string line, Func<SentRequest, HttpResponseMessage> answer) => _answers[line] = (request, _) => Task.FromResult(answer(request));

    public void Reply(string line, Func<SentRequest, CancellationToken, Task<HttpResponseMessage>> answer) => _answers[line] = answer;

    /// <summary>Answers in turn; the last one stays.</summary>
    public void InTurn(string line, params Func<HttpResponseMessage>[] answers)
    {
        var turn = 0;
        Reply(line, _ => answers[Math.Min(turn++, answers.Length - 1)]());
    }

    /// <summary>Moves time from timer to timer until the task is done.</summary>
    public async Task<T> Let<T>(Task<T> task)
    {
        for (var step = 0; step < 1_000 && !task.IsCompleted; step++)
        {
            // Continuations run on the pool; time moves when they have come to rest at a timer.
            for (var spin = 0; spin < 20 && !task.IsCompleted; spin++) await Task.Delay(1);
            if (!task.IsCompleted && Time.NextDueAt is { } due) Time.Advance(due - Time.GetUtcNow());
        }

        return await task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public static HttpResponseMessage Json(string body, int status = 200, params (string Name, string Value)[] headers) =>
        Raw(body, status, "application/json", headers);

    public static HttpResponseMessage Raw(string body, int status, string type, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) };
        foreach (var (name, value) in headers) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = new SentRequest(
            request.Method.Method, request.RequestUri!.AbsolutePath, request.RequestUri.Query,
            request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken),
            request.Headers.TryGetValues("X-MBX-APIKEY", out var keys) ? keys.Single() : null,
            request.Content?.Headers.ContentType?.MediaType);
        _requests.Enqueue(sent);
        if (!_answers.TryGetValue(sent.Line, out var answer)) throw new InvalidOperationException($"Nothing answers {sent.Line}");
        var response = await answer(sent, cancellationToken);
        foreach (var (name, value) in Headers)
        {
            if (!response.Headers.Contains(name)) response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Rest.Dispose();
            Budget.Dispose();
            Clock.Dispose();
        }

        base.Dispose(disposing);
    }
}
