using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using FuturesBot.Simulator.Wire;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Simulator.Tests.Wire;

/// <summary>An exchange over a scripted market, on a real port, whose wall time the test moves.</summary>
internal sealed class WireExchange : IAsyncDisposable
{
    private readonly ExchangeContext _context;

    private WireExchange(SimulatedExchange exchange, ScriptedMarket market, ManualTime time, ExchangeContext context)
    {
        (Exchange, Market, Time, _context) = (exchange, market, time, context);
        Http = new() { BaseAddress = exchange.Rest };
    }

    public SimulatedExchange Exchange { get; }

    public ScriptedMarket Market { get; }

    public ManualTime Time { get; }

    public HttpClient Http { get; }

    public static async Task<WireExchange> StartAsync(
        SimulatedExchangeOptions? options = null, IReadOnlyList<Endpoint>? further = null)
    {
        var time = new ManualTime();
        var market = new ScriptedMarket();
        ExchangeContext? shared = null;
        var exchange = await SimulatedExchange.StartAsync(
            options ?? new(),
            new MarketSource(market),
            context =>
            {
                shared = context;
                return [new Further(further ?? [])];
            },
            time,
            logs: null,
            TestContext.Current.CancellationToken);
        return new(exchange, market, time, shared!);
    }

    /// <summary>Publishes an event of the test account that holds nothing but its type.</summary>
    public void PublishUserEvent(string type)
    {
        lock (_context.Gate) _context.UserEvents.Publish("simulator", type, Encoding.UTF8.GetBytes($$"""{"e":"{{type}}"}"""));
    }

    /// <summary>Moves wall time in beats, so that the market follows.</summary>
    public void Advance(TimeSpan by) => Time.Advance(by);

    /// <summary>Moves wall time until the market has come so far.</summary>
    public async Task MoveMarketAsync(long afterMs)
    {
        while (Exchange.NowMs < ScriptedMarket.StartMs + afterMs)
        {
            if (Exchange.Completion.IsCompleted) await Exchange.Completion;
            Time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }
    }

    public async Task<(HttpStatusCode Status, JsonElement Json)> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public async Task<WireSocket> ConnectAsync(string path)
    {
        var before = Exchange.Truth.Connections;
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new(Exchange.Streams, path), TestContext.Current.CancellationToken);
        // The client is through a moment before the exchange has put the connection on its list.
        for (var i = 0; i < 2_000 && Exchange.Truth.Connections <= before; i++) await Task.Delay(5, TestContext.Current.CancellationToken);
        return new(socket);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Exchange.DisposeAsync();
    }

    private sealed record Further(IEnumerable<Endpoint> Endpoints) : IExchangePart;
}

/// <summary>A stream client that reads a message at a time.</summary>
internal sealed class WireSocket(ClientWebSocket socket) : IDisposable
{
    private static readonly TimeSpan ReadMax = TimeSpan.FromSeconds(30);   // a message that never comes fails its test

    private readonly byte[] _buffer = new byte[1 << 20];

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    public Task SendAsync(string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>Subscribes and reads the acknowledgement.</summary>
    public async Task SubscribeAsync(params string[] streams)
    {
        await SendAsync($$"""{"method":"SUBSCRIBE","params":{{JsonSerializer.Serialize(streams)}},"id":7}""");
        var answer = await ReadAsync();
        Assert.Equal("""{"result":null,"id":7}""", answer.GetRawText());
    }

    /// <summary>The next message as text; null when the connection ended.</summary>
    public async Task<string?> ReadTextAsync()
    {
        var length = 0;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(ReadMax);
        while (true)
        {
            ValueWebSocketReceiveResult received;
            try
            {
                received = await socket.ReceiveAsync(_buffer.AsMemory(length), late.Token);
            }
            catch (WebSocketException)
            {
                return null;
            }

            if (received.MessageType == WebSocketMessageType.Close) return null;
            length += received.Count;
            if (received.EndOfMessage) return Encoding.UTF8.GetString(_buffer, 0, length);
        }
    }

    public async Task<JsonElement> ReadAsync() =>
        JsonDocument.Parse(await ReadTextAsync() ?? throw new InvalidOperationException("The connection ended")).RootElement;

    public void Dispose() => socket.Dispose();
}
