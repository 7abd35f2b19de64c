using System.Globalization;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Tests.Wire;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Simulator.Tests.Trading;

/// <summary>A client that signs, on a whole exchange whose wall time the test moves.</summary>
internal sealed class TradingWire : IAsyncDisposable
{
    private const long Start = 1_759_276_800_000;   // 2025-10-01T00:00Z

    private readonly HttpClient _http = new();

    private TradingWire(SimulatedExchange exchange, ManualTime time)
    {
        (Exchange, Time) = (exchange, time);
        _http.BaseAddress = exchange.Rest;
    }

    public SimulatedExchange Exchange { get; }

    public ManualTime Time { get; }

    public static Task<TradingWire> StartAsync(params FaultRule[] faults) => StartAsync(new FaultScript { Rules = [.. faults] });

    public static async Task<TradingWire> StartAsync(FaultScript faults)
    {
        var time = new ManualTime();
        var options = new SimulatedExchangeOptions
        {
            MarketStartMs = Start,
            StartAtMs = Start + (2 * 3_600_000),
            Speed = 1,
            Faults = faults,
        };
        return new(await SimulatedExchange.StartAsync(options, time, null, TestContext.Current.CancellationToken), time);
    }

    /// <summary>Moves wall time until the market has moved by so much.</summary>
    public async Task PassAsync(TimeSpan by)
    {
        var until = Exchange.NowMs + (long)by.TotalMilliseconds;
        while (Exchange.NowMs < until)
        {
            if (Exchange.Completion.IsCompleted) await Exchange.Completion;
            Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    /// <summary>A signed call as the usual client libraries make it: a query with GET, a form body with everything else.</summary>
    public async Task<HttpResponseMessage> SendAsync(string call, params (string Name, object Value)[] sent)
    {
        var (method, path) = (call[..call.IndexOf(' ')], call[(call.IndexOf(' ') + 1)..]);
        var text = string.Join('&', sent.Append(("recvWindow", 5_000)).Append(("timestamp", Exchange.NowMs)).Select(pair =>
            $"{pair.Item1}={Uri.EscapeDataString(Convert.ToString(pair.Item2, CultureInfo.InvariantCulture)!)}"));
        text += "&signature=" + Convert.ToHexString(HMACSHA256.HashData("simulator"u8, Encoding.UTF8.GetBytes(text)));
        using var request = new HttpRequestMessage(new(method), method == "GET" ? $"{path}?{text}" : path);
        if (method != "GET") request.Content = new StringContent(text, Encoding.UTF8, "application/x-www-form-urlencoded");
        request.Headers.Add("X-MBX-APIKEY", "simulator");
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<(int Status, JsonElement Body)> CallAsync(string call, params (string Name, object Value)[] sent)
    {
        using var response = await SendAsync(call, sent);
        return ((int)response.StatusCode, await ReadAsync(response));
    }

    /// <summary>A connection to the WebSocket API.</summary>
    public async Task<WireSocket> ConnectApiAsync(string query = "")
    {
        var client = new ClientWebSocket();
        await client.ConnectAsync(new(Exchange.Streams, $"/ws-fapi/v1{query}"), TestContext.Current.CancellationToken);
        return new(client);
    }

    /// <summary>A request of the WebSocket API, signed over its parameters in the order of their names.</summary>
    public string Request(string method, params (string Name, object Value)[] sent)
    {
        var named = new SortedDictionary<string, object>(sent.ToDictionary(pair => pair.Name, pair => pair.Value), StringComparer.Ordinal)
        {
            ["apiKey"] = "simulator",
            ["timestamp"] = Exchange.NowMs,
        };
        var text = string.Join('&', named.Select(pair => $"{pair.Key}={Convert.ToString(pair.Value, CultureInfo.InvariantCulture)}"));
        named["signature"] = Convert.ToHexStringLower(HMACSHA256.HashData("simulator"u8, Encoding.UTF8.GetBytes(text)));
        return JsonSerializer.Serialize(new { id = $"{method}!", method, @params = named });
    }

    /// <summary>Must be accepted.</summary>
    public async Task<JsonElement> OkAsync(string call, params (string Name, object Value)[] sent)
    {
        var (status, body) = await CallAsync(call, sent);
        Assert.True(status == 200, $"{call} was answered with {status} {body}");
        return body;
    }

    /// <summary>Code of the refusal.</summary>
    public async Task<int> CodeAsync(string call, params (string Name, object Value)[] sent)
    {
        var (status, body) = await CallAsync(call, sent);
        Assert.True(status >= 400, $"{call} was answered with {status} {body}");
        return body.GetProperty("code").GetInt32();
    }

    /// <summary>A limit order for BTCUSDT.</summary>
    public Task<JsonElement> LimitAsync(string side, decimal price, string id) => OkAsync(
        "POST /fapi/v1/order", ("symbol", "BTCUSDT"), ("side", side), ("type", "LIMIT"), ("timeInForce", "GTC"), ("quantity", 0.01m),
        ("price", price), ("newClientOrderId", id));

    /// <summary>Best bid and ask of BTCUSDT.</summary>
    public async Task<(decimal Bid, decimal Ask)> BestAsync()
    {
        using var response = await _http.GetAsync("/fapi/v1/ticker/bookTicker?symbol=BTCUSDT", TestContext.Current.CancellationToken);
        var body = await ReadAsync(response);
        return (decimal.Parse(body.GetProperty("bidPrice").GetString()!), decimal.Parse(body.GetProperty("askPrice").GetString()!));
    }

    /// <summary>A connection that hears the account's events.</summary>
    public async Task<(WireSocket Socket, string Key)> ListenAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/fapi/v1/listenKey");
        request.Headers.Add("X-MBX-APIKEY", "simulator");
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var key = (await ReadAsync(response)).GetProperty("listenKey").GetString()!;
        var client = new ClientWebSocket();
        await client.ConnectAsync(new(Exchange.Streams, "/private/stream"), TestContext.Current.CancellationToken);
        var socket = new WireSocket(client);
        await socket.SubscribeAsync(key);
        return (socket, key);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Exchange.DisposeAsync();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
}
