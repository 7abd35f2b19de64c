using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FuturesBot.Adapters.Telegram;
using FuturesBot.Adapters.Tests.Binance;
using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.Engine.Telemetry;
using Xunit;

namespace FuturesBot.Adapters.Tests.Telegram;

/// <summary>The bot's token stands in every path of the Bot API, and reaches no log, span, event, exception or outcome.</summary>
public sealed class TelegramRedactionTests
{
    private const string Token = "987654321:AAtokenTOKENtokenTOKENtokenTOKENtoken";

    public enum Trouble
    {
        None,
        EchoesInError,
        EchoesInPage,
        BreaksOff,
        Silent,
        Refused,
        NoSuchHost,
        NotTls,
        Redirects,
        Throws,
    }

    public static TheoryData<Trouble> Troubles => [.. Enum.GetValues<Trouble>()];

    [Theory, MemberData(nameof(Troubles))]
    public async Task AnyCall_WhateverHappens_TellsNoToken(Trouble trouble)
    {
        using var ears = new Ears();
        using var around = BotTelemetry.Source.StartActivity(Spans.Send);   // calls have spans within a trace alone
        using var log = new LogNotes();
        using var server = new EchoServer(trouble);
        var address = trouble switch
        {
            Trouble.NoSuchHost => "http://no-such-host.invalid",
            Trouble.NotTls => $"https://127.0.0.1:{server.Port}",
            Trouble.Refused => "http://127.0.0.1:9",
            _ => $"http://127.0.0.1:{server.Port}",
        };
        var options = new TelegramOptions { BaseAddress = address, TimeoutMs = trouble == Trouble.Silent ? 1_000 : 20_000 };
        using var api = trouble == Trouble.Throws
            ? new BotApi(options, new(Token), new Thrower(), new(), TimeProvider.System)
            : new BotApi(options, new(Token), proxy: null, new(), TimeProvider.System);
        var messenger = new TelegramMessenger(api, log.CreateLogger("t"));
        var told = new List<string>
        {
            $"{await messenger.SendAsync(new(5, "text"))}",
            $"{await messenger.EditAsync(new(5, "text"), new SentCard(1, HasPicture: false))}",
            $"{await api.GetMeAsync(CancellationToken.None)}",
            $"{await api.GetUpdatesAsync(0, TimeSpan.Zero, CancellationToken.None)}",
        };
        await messenger.AnswerPressAsync("1", toast: null);

        // The token did go to the server: nothing is proved by a request that never had it.
        if (trouble is Trouble.None or Trouble.EchoesInError or Trouble.EchoesInPage or Trouble.BreaksOff or Trouble.Redirects)
            Assert.Contains(server.Heard, line => line.Contains($"/bot{Token}/sendMessage", StringComparison.Ordinal));
        if (trouble == Trouble.None) Assert.Contains(ears.Heard, line => line.Contains("/bot/sendMessage", StringComparison.Ordinal));
        var everything = string.Join("\n", [.. told, .. log.Lines, .. ears.Heard]);
        foreach (var secret in (string[])[Token, Token.Split(':')[1], Uri.EscapeDataString(Token)])
            Assert.DoesNotContain(secret, everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Cancelled_TellsNoToken()
    {
        using var server = new EchoServer(Trouble.Silent);
        using var api = new BotApi(
            new() { BaseAddress = $"http://127.0.0.1:{server.Port}" }, new(Token), proxy: null, new(), TimeProvider.System);
        using var ends = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var fault = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => api.GetMeAsync(ends.Token));
        Assert.DoesNotContain(Token, fault.ToString());
    }

    [Theory]
    [InlineData("no token")]
    [InlineData("123:")]
    [InlineData(":abc")]
    [InlineData("123:a/b")]
    public void FromEnvironment_OfAWrongToken_SaysSoWithoutIt(string text)
    {
        var fault = Assert.Throws<FormatException>(() => TelegramKeys.FromEnvironment(new Dictionary<string, string> { [TelegramKeys.TokenVariable] = text }));
        Assert.DoesNotContain(text, fault.Message);
        Assert.Contains(TelegramKeys.TokenVariable, fault.Message);
    }

    /// <summary>All spans of the process, and all events of the HTTP and socket layers.</summary>
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
                    $"{span.DisplayName} {span.StatusDescription} {string.Join(" ", span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}"),
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

    /// <summary>Breaks with an exception that has the whole address in every one of its layers.</summary>
    private sealed class Thrower : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException($"outer {request.RequestUri}", new IOException($"inner {request.RequestUri}"));
    }

    /// <summary>A server without spans of its own, that gives back what it was asked.</summary>
    private sealed class EchoServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Trouble _trouble;
        private readonly List<TcpClient> _held = [];

        public EchoServer(Trouble trouble)
        {
            _trouble = trouble;
            _listener.Start();
            _ = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public ConcurrentQueue<string> Heard { get; } = new();

        public void Dispose()
        {
            _listener.Stop();
            lock (_held) _held.ForEach(client => client.Dispose());
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                // The end of the test.
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            lock (_held) _held.Add(client);
            try
            {
                var stream = client.GetStream();
                var bytes = new byte[16_384];
                var text = Encoding.ASCII.GetString(bytes, 0, await stream.ReadAsync(bytes));
                var line = text.Split("\r\n")[0];
                Heard.Enqueue(line);
                var answer = _trouble switch
                {
                    Trouble.EchoesInError => Http("404 Not Found", $$"""{"ok":false,"error_code":404,"description":"Not Found: {{line}}"}"""),
                    Trouble.EchoesInPage => Http("502 Bad Gateway", $"<html>{line}</html>"),
                    Trouble.BreaksOff => $"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{{\"ok\":{line}",
                    Trouble.Redirects => $"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9{line.Split(' ').ElementAtOrDefault(1)}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                    Trouble.None => Http("200 OK", """{"ok":true,"result":{"message_id":1}}"""),
                    _ => null,
                };
                if (answer is null && _trouble == Trouble.Silent) return;
                if (answer is not null) await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
                client.Close();
            }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException)
            {
                // The client hung up.
            }
        }

        private static string Http(string status, string body) =>
            $"HTTP/1.1 {status}\r\nContent-Length: {Encoding.ASCII.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";
    }
}
