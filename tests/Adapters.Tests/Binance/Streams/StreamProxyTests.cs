using System.Net;
using System.Net.Sockets;
using System.Text;
using FuturesBot.Adapters.Binance.Streams;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Streams;

public sealed class StreamProxyTests
{
    [Theory]
    [InlineData("http")]
    [InlineData("socks5")]
    public async Task Proxy_OfTheSettings_IsUsed(string scheme)
    {
        await using var bench = await StreamBench.StartAsync();
        await using var proxy = new Proxy(scheme);
        bench.Parts = bench.Parts with { Proxy = new WebProxy(proxy.Address) { BypassProxyOnLocal = false } };
        var heard = new HeardStreams();
        await using var line = new StreamLine(
            bench.Parts, StreamRoute.Market, 1,
            _ => Task.FromResult(StreamTable.AddressOf(bench.Parts.Streams, StreamRoute.Market)),
            heard, new(bench.Log, bench.Parts.Redactor, "/market 1", isPrivate: false));
        line.Change([("s", true)], []);
        line.Start();

        var answered = line.AnsweredAsync("s");
        await bench.UntilAsync(() => answered.IsCompleted, what: "the way through the proxy");
        await bench.Server.PublishAsync("s", """{"n":1}""");
        await bench.UntilAsync(() => heard.Numbers.Count == 1);

        Assert.Equal(1, proxy.Tunnels);
    }

    /// <summary>A proxy that carries each connection to where it asks for.</summary>
    private sealed class Proxy : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _accepting;
        private readonly string _scheme;

        public Proxy(string scheme)
        {
            _scheme = scheme;
            _listener.Start();
            _accepting = AcceptAsync();
        }

        public Uri Address => new($"{_scheme}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

        public int Tunnels { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Stop();
            await _accepting;
            _stop.Dispose();
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true) _ = CarryAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The end.
            }
        }

        private async Task CarryAsync(TcpClient client)
        {
            using var from = client;
            var stream = from.GetStream();
            var port = _scheme == "http" ? await AskedByHttpAsync(stream) : await AskedBySocksAsync(stream);
            using var to = new TcpClient();
            await to.ConnectAsync(IPAddress.Loopback, port);
            Tunnels++;
            await Task.WhenAny(stream.CopyToAsync(to.GetStream(), _stop.Token), to.GetStream().CopyToAsync(stream, _stop.Token));
        }

        private static async Task<int> AskedByHttpAsync(NetworkStream stream)
        {
            var request = new StringBuilder();
            var one = new byte[1];
            while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1) request.Append((char)one[0]);
            await stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray());
            Assert.StartsWith("CONNECT 127.0.0.1:", request.ToString());
            return int.Parse(request.ToString().Split(' ')[1].Split(':')[1]);
        }

        // RFC 1928: greeting, then the request with an IPv4 address.
        private static async Task<int> AskedBySocksAsync(NetworkStream stream)
        {
            var head = new byte[2];
            await stream.ReadExactlyAsync(head);
            await stream.ReadExactlyAsync(new byte[head[1]]);
            await stream.WriteAsync(new byte[] { 5, 0 });
            var request = new byte[10];
            await stream.ReadExactlyAsync(request);
            await stream.WriteAsync(new byte[] { 5, 0, 0, 1, 127, 0, 0, 1, 0, 0 });
            return (request[8] << 8) | request[9];
        }
    }
}
