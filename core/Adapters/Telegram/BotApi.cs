using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using FuturesBot.Adapters.Binance;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Adapters.Telegram;

/// <summary>
/// Calls of Telegram's Bot API. Whatever happens is an answer; exceptions come of cancellation alone. It repeats nothing and
/// waits for nobody: the outbox does.
/// </summary>
public sealed class BotApi : IDisposable
{
    private const int AnswerMax = 4 << 20;   // 100 updates of 4,096 characters take about 2 MB
    private static readonly TimeSpan PauseMax = TimeSpan.FromHours(1);

    private readonly HttpClient _http;
    private readonly Redactor _redactor;
    private readonly TelegramOptions _options;
    private readonly TimeProvider _time;

    /// <param name="options">Where it is, and how long it may take.</param>
    /// <param name="token">The bot's.</param>
    /// <param name="proxy">Null for none.</param>
    /// <param name="redactor">Learns the token.</param>
    /// <param name="time">Wall time.</param>
    public BotApi(TelegramOptions options, Secret token, IWebProxy? proxy, Redactor redactor, TimeProvider time)
        : this(options, token, Transport(options, proxy), redactor, time)
    {
    }

    internal BotApi(TelegramOptions options, Secret token, HttpMessageHandler transport, Redactor redactor, TimeProvider time)
    {
        (_options, _redactor, _time) = (options, redactor, time);
        redactor.Hide(token);
        _http = new(new RedactingHandler(redactor) { InnerHandler = new TokenHandler(token) { InnerHandler = transport } })
        {
            BaseAddress = new(options.BaseAddress),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public Task<BotAnswer> GetMeAsync(CancellationToken cancel) => CallAsync("getMe", [], cancel);

    public Task<BotAnswer> SendMessageAsync(JsonObject message, CancellationToken cancel) => CallAsync("sendMessage", message, cancel);

    public Task<BotAnswer> EditMessageTextAsync(JsonObject message, CancellationToken cancel) => CallAsync("editMessageText", message, cancel);

    public Task<BotAnswer> EditMessageCaptionAsync(JsonObject message, CancellationToken cancel) =>
        CallAsync("editMessageCaption", message, cancel);

    /// <summary>Sends a picture with its caption.</summary>
    public Task<BotAnswer> SendPhotoAsync(JsonObject message, byte[] png, CancellationToken cancel) =>
        CallAsync("sendPhoto", message, [("photo", png)], cancel);

    /// <summary>Gives a message another picture, and the caption with it.</summary>
    /// <param name="message">Chat, message and buttons.</param>
    /// <param name="caption">HTML; null or empty for none.</param>
    /// <param name="png">The picture.</param>
    /// <param name="parseMode">HTML, or null for plain text.</param>
    /// <param name="cancel">Ends the call.</param>
    public Task<BotAnswer> EditMessageMediaAsync(
        JsonObject message, string? caption, byte[] png, string? parseMode, CancellationToken cancel)
    {
        message["media"] = Photo("picture", caption, parseMode);
        return CallAsync("editMessageMedia", message, [("picture", png)], cancel);
    }

    /// <summary>Sends 2 to 10 pictures as one album; the caption stands below the first.</summary>
    public Task<BotAnswer> SendMediaGroupAsync(JsonObject message, string? caption, IReadOnlyList<byte[]> pngs, CancellationToken cancel)
    {
        if (pngs.Count is < 2 or > 10) throw new ArgumentException($"There were {pngs.Count} pictures; 2 to 10 make an album", nameof(pngs));
        message["media"] = new JsonArray([.. pngs.Select((_, i) => Photo($"picture{i}", i == 0 ? caption : null, "HTML"))]);
        return CallAsync("sendMediaGroup", message, [.. pngs.Select((png, i) => ($"picture{i}", png))], cancel);
    }

    public Task<BotAnswer> AnswerCallbackQueryAsync(string callbackId, string? text, CancellationToken cancel)
    {
        var answer = new JsonObject { ["callback_query_id"] = callbackId };
        if (text is not null) answer["text"] = text.Length <= 200 ? text : text[..199] + "…";
        return CallAsync("answerCallbackQuery", answer, cancel);
    }

    /// <summary>What the menu of commands shows.</summary>
    public Task<BotAnswer> SetMyCommandsAsync(IEnumerable<(string Command, string Description)> commands, CancellationToken cancel) =>
        CallAsync("setMyCommands", new()
        {
            ["commands"] = new JsonArray(
                [.. commands.Select(one => new JsonObject { ["command"] = one.Command, ["description"] = one.Description })]),
        }, cancel);

    /// <summary>Lets Telegram bring updates to an address, each with the secret in a header.</summary>
    public Task<BotAnswer> SetWebhookAsync(Uri address, Secret secret, bool dropPending, CancellationToken cancel)
    {
        _redactor.Hide(secret);
        return CallAsync("setWebhook", new()
        {
            ["url"] = address.ToString(),
            ["secret_token"] = secret.Reveal(),
            ["allowed_updates"] = AllowedUpdates(),
            ["drop_pending_updates"] = dropPending,
            ["max_connections"] = 4,
        }, cancel);
    }

    public Task<BotAnswer> DeleteWebhookAsync(bool dropPending, CancellationToken cancel) =>
        CallAsync("deleteWebhook", new() { ["drop_pending_updates"] = dropPending }, cancel);

    public Task<BotAnswer> GetWebhookInfoAsync(CancellationToken cancel) => CallAsync("getWebhookInfo", [], cancel);

    /// <summary>Asks for news, and waits for them.</summary>
    /// <param name="offset">The first update that is wanted; those before it are forgotten by Telegram.</param>
    /// <param name="wait">How long the question stays open.</param>
    /// <param name="cancel">Ends the call.</param>
    public Task<BotAnswer> GetUpdatesAsync(long offset, TimeSpan wait, CancellationToken cancel) =>
        CallAsync(
            "getUpdates",
            JsonContent.Create(new JsonObject
            {
                ["offset"] = offset,
                ["timeout"] = (int)wait.TotalSeconds,
                ["allowed_updates"] = AllowedUpdates(),
            }),
            TimeSpan.FromMilliseconds(_options.TimeoutMs) + wait, cancel);

    public void Dispose() => _http.Dispose();

    private Task<BotAnswer> CallAsync(string method, JsonObject fields, CancellationToken cancel) =>
        CallAsync(method, JsonContent.Create(fields), TimeSpan.FromMilliseconds(_options.TimeoutMs), cancel);

    private Task<BotAnswer> CallAsync(
        string method, JsonObject fields, IReadOnlyList<(string Name, byte[] Png)> files, CancellationToken cancel)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            if (value is null) continue;
            form.Add(new StringContent(value is JsonValue one && one.TryGetValue(out string? text) ? text : value.ToJsonString()), name);
        }

        foreach (var (name, png) in files)
        {
            var file = new ByteArrayContent(png);
            file.Headers.ContentType = new("image/png");
            form.Add(file, name, name + ".png");
        }

        return CallAsync(method, form, TimeSpan.FromMilliseconds(_options.TimeoutMs * 2L), cancel);
    }

    private async Task<BotAnswer> CallAsync(string method, HttpContent content, TimeSpan longest, CancellationToken cancel)
    {
        using var span = BotTelemetry.StartWithin(Spans.TelegramCall, ActivityKind.Client)?.SetTag(Attributes.Endpoint, method);
        var answer = await AskAsync(method, content, longest, cancel);
        var code = answer switch
        {
            BotAnswer.Fault fault => fault.Code.ToString(CultureInfo.InvariantCulture),
            BotAnswer.Lost => nameof(BotAnswer.Lost),
            _ => null,
        };
        if (code is null) return answer;
        Counts.Failed("telegram", code, method);
        span?.SetTag(Attributes.Code, code).SetStatus(ActivityStatusCode.Error);
        return answer;
    }

    private async Task<BotAnswer> AskAsync(string method, HttpContent content, TimeSpan longest, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(longest, _time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/bot/{method}") { Content = content };
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ends.Token);
            return Read(response.StatusCode, await BodyAsync(response, ends.Token));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new BotAnswer.Lost($"no answer to {method} within {longest.TotalSeconds:0.#} s", MayHaveArrived: true);
        }
        catch (HttpRequestException fault)
        {
            return new BotAnswer.Lost(_redactor.Describe(fault), fault.HttpRequestError is not (HttpRequestError.ConnectionError
                or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError));
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            return new BotAnswer.Lost(_redactor.Describe(fault), MayHaveArrived: true);   // the body broke off
        }
    }

    private static async Task<byte[]> BodyAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        using var body = new MemoryStream();
        var chunk = new byte[16_384];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancel)) > 0)
        {
            if (body.Length + read > AnswerMax) throw new InvalidDataException($"An answer was longer than {AnswerMax} bytes");
            body.Write(chunk, 0, read);
        }

        return body.ToArray();
    }

    private BotAnswer Read(HttpStatusCode status, byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new() { MaxDepth = 32 });
            var root = json.RootElement;
            if (root.GetProperty("ok").GetBoolean()) return new BotAnswer.Done(root.GetProperty("result").Clone());
            var code = root.TryGetProperty("error_code", out var told) && told.TryGetInt32(out var number) ? number : (int)status;
            var description = root.TryGetProperty("description", out var text) ? text.GetString() : null;
            if (code >= 500) return new BotAnswer.Lost(_redactor.Clean($"{code} {description}"), MayHaveArrived: true);
            TimeSpan? pause = root.TryGetProperty("parameters", out var parameters)
                && parameters.TryGetProperty("retry_after", out var after) && after.TryGetInt64(out var seconds)
                ? TimeSpan.FromSeconds(Math.Clamp(seconds, 1, PauseMax.TotalSeconds))
                : code == 429 ? TimeSpan.FromSeconds(5) : null;
            return new BotAnswer.Fault(code, Short(description), pause);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // A proxy's page, as with 502: whatever was asked may have been done before it.
            return new BotAnswer.Lost($"the answer ({(int)status}) has not the form of the Bot API", MayHaveArrived: true);
        }
    }

    private string Short(string? description)
    {
        const int Most = 300;
        var clean = _redactor.Clean(description).ReplaceLineEndings(" ");
        return clean.Length <= Most ? clean : clean[..Most];
    }

    private static JsonArray AllowedUpdates() => ["message", "callback_query"];

    private static JsonObject Photo(string file, string? caption, string? parseMode)
    {
        var photo = new JsonObject { ["type"] = "photo", ["media"] = $"attach://{file}" };
        if (caption is { Length: > 0 }) photo["caption"] = caption;
        if (caption is { Length: > 0 } && parseMode is not null) photo["parse_mode"] = parseMode;
        return photo;
    }

    private static SocketsHttpHandler Transport(TelegramOptions options, IWebProxy? proxy) => new()
    {
        AllowAutoRedirect = false,   // would carry the token elsewhere
        UseCookies = false,
        UseProxy = proxy is not null,
        Proxy = proxy,
        AutomaticDecompression = DecompressionMethods.All,
        MaxConnectionsPerServer = 8,
        ConnectTimeout = TimeSpan.FromMilliseconds(options.TimeoutMs),
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        ActivityHeadersPropagator = null,   // and no spans: they would hold the address
        MaxResponseHeadersLength = 64,
    };
}
