using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Tests.Binance.Rest;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Telemetry;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance;

/// <summary>No key, signature, signed query, listen key or token reaches a log, a span or an exception text.</summary>
public sealed class RedactionTests
{
    private const string ListenKeyText = "LISTENkeyLISTENkeyLISTENkeyLISTENkeyLISTENkeyLISTENkeyLISTENkey0";
    private const string BotTokenText = "123456789:AAbotTOKENbotTOKENbotTOKENbotTOKEN";

    public enum Trouble
    {
        Refused,
        NoSuchHost,
        Silent,
        BreaksOff,
        EchoesInError,
        EchoesInPage,
        EchoesInJson,
        EchoesInHeaderName,
        Redirects,
        NotTls,
        ThrowsNested,
    }

    public static TheoryData<Trouble> Troubles => [.. Enum.GetValues<Trouble>()];

    [Theory, MemberData(nameof(Troubles))]
    public async Task AnyFailure_OfAnyCall_TellsNoSecretAnywhere(Trouble trouble)
    {
        using var ears = new Ears();
        using var around = BotTelemetry.Source.StartActivity(Spans.Decide);   // requests have spans within a trace alone
        await using var server = await EchoServer.StartAsync(trouble);
        using var log = new LogNotes();
        var alerts = new AlertNotes();
        var told = new ConcurrentQueue<string>();
        using var exchange = new BinanceExchange(new(
            AddressesFor(trouble, server.Port), new(new(StubExchange.Key), new Secret(StubExchange.SecretText)),
            new ExchangeOptions { RetriesMax = 0, TimeoutMs = 60 }, new BanNotes(), alerts, log, TimeProvider.System));
        using var nested = trouble == Trouble.ThrowsNested ? new NestedThrower() : null;
        using var rest = nested is null ? null : RestOver(nested, exchange, log, alerts);
        // Time is answered right by the servers that can, so that signed calls get as far as their trouble.
        foreach (var call in EndpointCalls.All) told.Enqueue(await Try(call, rest ?? exchange.Rest));
        told.Enqueue(await Text(async () => await (rest ?? exchange.Rest).KeepListenKeyAliveAsync(new(ListenKeyText))));
        told.Enqueue(await Text(async () =>
        {
            await (rest ?? exchange.Rest).CloseListenKeyAsync(new(ListenKeyText));
            return null;
        }));

        var everything = string.Join("\n", [.. told, .. log.Lines, .. alerts.Raised.Select(alert => alert.ToString()), .. ears.Heard]);
        Assert.True(log.Lines.Count > 3, "nothing was logged: the test hears nothing");
        if (trouble is not (Trouble.Refused or Trouble.NoSuchHost or Trouble.NotTls or Trouble.ThrowsNested))
            Assert.True(server.Signatures.Count > 3, $"{server.Signatures.Count} signed requests arrived");
        string[] secrets = [StubExchange.Key, StubExchange.SecretText, ListenKeyText, .. server.Signatures];
        foreach (var secret in secrets) Assert.DoesNotContain(secret, everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("recvWindow=", everything);
        Assert.DoesNotContain("signature=", everything.Replace("signature=***", ""));
    }

    [Fact]
    public async Task Success_TellsNoSecretEither()
    {
        using var ears = new Ears();
        using var around = BotTelemetry.Source.StartActivity(Spans.Decide);   // requests have spans within a trace alone
        using var exchange = new StubExchange();
        foreach (var call in EndpointCalls.All.Where(call => call.Endpoint.Path != "/fapi/v1/time"))
        {
            exchange.Answer(call.Endpoint.Name, Payload.Read(call.Payload));
            await call.Send(exchange.Rest);
        }

        var key = await exchange.Rest.CreateListenKeyAsync(TestContext.Current.CancellationToken);
        var everything = string.Join("\n", [key.ToString(), $"{new BinanceKeys(key, key)}", .. exchange.Logs.Lines, .. ears.Heard]);
        Assert.Contains(ears.Heard, heard => heard.Contains("POST /fapi/v1/order"));   // spans are there
        foreach (var secret in new[] { StubExchange.Key, StubExchange.SecretText, key.Reveal(), "signature=", "recvWindow=" })
            Assert.DoesNotContain(secret, everything);
    }

    [Theory]
    [InlineData("GET https://x/fapi/v1/order?symbol=BTCUSDT&timestamp=1&signature=abcdef0123 failed", "GET https://x/fapi/v1/order?*** failed")]
    [InlineData("body was symbol=BTCUSDT&signature=abc%2Bdef%3D&x=1", "body was ***")]
    [InlineData("cut: algoId=2146760&recvWindow=500", "cut: ***")]
    [InlineData("X-MBX-APIKEY: abcdef", "X-MBX-APIKEY: ***")]
    [InlineData("{\"listenKey\":\"abc", "{\"listenKey\":\"***")]
    [InlineData("{\\\"listenKey\\\": \\\"abc\\\"}", "{\\\"listenKey\\\": \\\"***\\\"}")]
    [InlineData("wss://x/private/ws/0123456789012345678901234567890123456789 closed", "wss://x/private/ws/*** closed")]
    [InlineData("https://api.telegram.org/bot123456:ABC-def_1/sendMessage", "https://api.telegram.org/bot***/sendMessage")]
    [InlineData("/private/stream?listenKey=abc&events=x", "/private/stream?listenKey=***&events=x")]
    [InlineData("nothing to hide: listen to the key of C", "nothing to hide: listen to the key of C")]
    public void Clean_WhatLooksLikeASecret_IsMasked(string text, string expected) => Assert.Equal(expected, new Redactor().Clean(text));

    [Fact]
    public void Clean_KnownSecrets_InPlainAndEncoded()
    {
        var redactor = new Redactor();
        redactor.Hide(new Secret("se/cr+et="));

        Assert.Equal("a *** b *** c ***", redactor.Clean("a se/cr+et= b se%2Fcr%2Bet%3D c se%2fcr%2bet%3d"));
    }

    [Fact]
    public void HideForNow_ManyListenKeys_KeepsTheLastOnesAndTheLastingSecrets()
    {
        var redactor = new Redactor();
        redactor.Hide(new Secret("lasting"));
        for (var i = 0; i < 100; i++) redactor.HideForNow(new Secret($"passing{i:000}"));

        Assert.Equal("*** *** passing000", redactor.Clean("lasting passing099 passing000"));
    }

    [Fact]
    public void Describe_NestedExceptions_InOneCleanLine()
    {
        var redactor = new Redactor();
        redactor.Hide(new Secret(BotTokenText));
        var fault = new HttpRequestException($"no way to\n{BotTokenText}", new IOException("because", new SocketException(10061)));

        var text = redactor.Describe(fault);

        Assert.StartsWith("HttpRequestException: no way to *** ← IOException: because ← SocketException: ", text);
        Assert.DoesNotContain("\n", text);
    }

    private static ExchangeAddresses AddressesFor(Trouble trouble, int port) => trouble switch
    {
        Trouble.NoSuchHost => ExchangeAddresses.OnLoopback(port) with { Rest = new("http://no-such-host.invalid") },
        Trouble.NotTls => ExchangeAddresses.OnLoopback(port) with { Rest = new($"https://127.0.0.1:{port}") },
        _ => ExchangeAddresses.OnLoopback(port),
    };

    private static BinanceFuturesRest RestOver(HttpMessageHandler transport, BinanceExchange exchange, LogNotes log, AlertNotes alerts) =>
        new(new(
            ExchangeHttp.Create(transport, exchange.Redactor), exchange.Addresses, new(new(StubExchange.Key), new Secret(StubExchange.SecretText)),
            new() { RetriesMax = 0 }, exchange.Budget, exchange.Clock, exchange.Redactor, alerts, TimeProvider.System, log, Seed: 1));

    private static async Task<string> Try(EndpointCalls.EndpointCall call, BinanceFuturesRest rest) =>
        await Text(async () => await call.Send(rest));

    private static async Task<string> Text(Func<Task<object?>> act)
    {
        try
        {
            return $"{await act()}";
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }

    /// <summary>All spans of the process with their tags, and all events of the HTTP and socket layers.</summary>
    private sealed class Ears : EventListener
    {
        private readonly ConcurrentQueue<string> _heard = new();
        private readonly ActivityListener _spans;

        public Ears()
        {
            _spans = new()
            {
                ShouldListenTo = _ => true,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = span => _heard.Enqueue(
                    $"{span.OperationName} {span.DisplayName} {span.Status} {span.StatusDescription} "
                    + string.Join(" ", span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))
                    + string.Join(" ", span.Events.SelectMany(e => e.Tags).Select(tag => $"{tag.Key}={tag.Value}"))),
            };
            ActivitySource.AddActivityListener(_spans);
        }

        public IReadOnlyCollection<string> Heard => _heard;

        public override void Dispose()
        {
            _spans.Dispose();
            base.Dispose();
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name is "System.Net.Http" or "System.Net.Sockets" or "System.Net.NameResolution" or "System.Net.Security")
                EnableEvents(eventSource, EventLevel.Verbose);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            _heard?.Enqueue($"{eventData.EventName} {string.Join(" ", eventData.Payload ?? new([]))}");
    }

    /// <summary>Breaks with an exception that has the whole request in every one of its layers.</summary>
    private sealed class NestedThrower : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath == "/fapi/v1/time") return StubExchange.Json($$"""{"serverTime":1793534400000}""");
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var whole = $"{request.RequestUri} {body} {request.Headers}";
            throw new HttpRequestException($"outer {whole}", new AggregateException($"middle {whole}", new IOException($"inner {whole}")));
        }
    }

    /// <summary>A server that does wrong in one way, and quotes what it was sent as often as it can.</summary>
    private sealed class EchoServer : IAsyncDisposable
    {
        private readonly TcpListener _listener;
        private readonly CancellationTokenSource _stop = new();
        private readonly Trouble _trouble;
        private Task _accepting = Task.CompletedTask;

        private EchoServer(TcpListener listener, Trouble trouble) => (_listener, _trouble) = (listener, trouble);

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public ConcurrentBag<string> Signatures { get; } = [];

        public static Task<EchoServer> StartAsync(Trouble trouble)
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var server = new EchoServer(listener, trouble);
            if (trouble == Trouble.Refused) listener.Stop();
            else server._accepting = server.AcceptAsync();
            return Task.FromResult(trouble == Trouble.Refused ? Refusing(server) : server);
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Stop();
            await _accepting;
            _stop.Dispose();
        }

        // The port of a listener that has stopped: nobody answers there.
        private static EchoServer Refusing(EchoServer server)
        {
            var closed = new TcpListener(IPAddress.Loopback, 0);
            closed.Start();
            var port = ((IPEndPoint)closed.LocalEndpoint).Port;
            closed.Stop();
            return new(new(IPAddress.Loopback, port), server._trouble);
        }

        private async Task AcceptAsync()
        {
            var serving = new List<Task>();
            try
            {
                while (true) serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                await Task.WhenAll(serving);
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            using var _ = client;
            try
            {
                var stream = client.GetStream();
                while (await RawHttp.ReadAsync(stream, _stop.Token) is { } request) await AnswerAsync(stream, request, client);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The other side left, or the test is over.
            }
        }

        private async Task AnswerAsync(NetworkStream stream, string request, TcpClient client)
        {
            var at = request.IndexOf("signature=", StringComparison.Ordinal);
            if (at >= 0) Signatures.Add(request[(at + 10)..Math.Min(request.Length, at + 74)]);
            if (request.StartsWith("GET /fapi/v1/time", StringComparison.Ordinal))
            {
                await RawHttp.WriteAsync(stream, 200, "application/json", $$"""{"serverTime":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}}}""", "", _stop.Token);
                return;
            }

            var quoted = System.Text.Json.JsonEncodedText.Encode(request).ToString();
            switch (_trouble)
            {
                case Trouble.Silent:
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                    break;
                case Trouble.BreaksOff:
                    await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":"u8.ToArray(), _stop.Token);
                    client.Client.Close(0);
                    break;
                case Trouble.EchoesInError:
                    await RawHttp.WriteAsync(stream, 400, "application/json", $$"""{"code":-1100,"msg":"{{quoted}}"}""", "", _stop.Token);
                    break;
                case Trouble.EchoesInPage:
                    await RawHttp.WriteAsync(stream, 502, "text/html", request, "", _stop.Token);
                    break;
                case Trouble.EchoesInJson:
                    await RawHttp.WriteAsync(stream, 200, "application/json", $$"""[{"symbol":"{{quoted}}","{{quoted}}":"{{quoted}}","status":"{{quoted}}","side":"{{quoted}}"}, {{ListenKeyText}}""", "", _stop.Token);
                    break;
                case Trouble.EchoesInHeaderName:
                    await RawHttp.WriteAsync(stream, 200, "application/json", "{}", request.Split("\r\n")[0].Replace(' ', '-') + ": 1\r\n", _stop.Token);
                    break;
                case Trouble.Redirects:
                    await RawHttp.WriteAsync(stream, 302, "text/html", "", $"Location: http://127.0.0.1:{Port}/elsewhere?{request.Split("\r\n")[0].Replace(' ', '+')}\r\n", _stop.Token);
                    break;
                default:
                    await RawHttp.WriteAsync(stream, 500, "text/plain", request, "", _stop.Token);
                    break;
            }
        }
    }
}
