using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Rest;

/// <summary>What really goes over a socket: encoded exactly as signed, straight or through a proxy.</summary>
public sealed class WireTests : IAsyncLifetime
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<byte[]> _greetings = new();
    private Task _serving = Task.CompletedTask;

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ValueTask InitializeAsync()
    {
        _listener.Start();
        _serving = ServeAsync();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    [Fact]
    public async Task Query_WithAChineseSymbol_IsSentAsItWasSigned()
    {
        using var exchange = Exchange(new());
        await exchange.Rest.OpenOrdersAsync(Symbol.Parse("币安人生USDT"), cancel: TestContext.Current.CancellationToken);

        var target = _requests.Last().Split(' ')[1];
        var query = target[(target.IndexOf('?') + 1)..];
        Assert.StartsWith("symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT&recvWindow=5000&timestamp=", query);
        AssertSigned(query);
    }

    [Fact]
    public async Task Form_WithAChineseSymbol_IsSentAsItWasSigned()
    {
        using var exchange = Exchange(new());
        await exchange.Rest.CancelOrderAsync(Symbol.Parse("币安人生USDT"), OrderKey.Of("fb:a/b_c-d.e"), RequestLane.Protective, TestContext.Current.CancellationToken);

        var request = _requests.Last();
        Assert.StartsWith("DELETE /fapi/v1/order HTTP/1.1\r\n", request);
        var body = request[(request.IndexOf("\r\n\r\n") + 4)..];
        Assert.StartsWith("symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT&origClientOrderId=fb%3Aa%2Fb_c-d.e&", body);
        AssertSigned(body);
    }

    [Fact]
    public async Task RsaSignature_IsPercentEncoded()
    {
        using var key = RSA.Create(2_048);
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["key.pem"], key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        using var exchange = Exchange(new(), keys: new(new(StubExchange.Key), PrivateKeyFile: folder["key.pem"]));
        await exchange.Rest.OpenOrdersAsync(Symbol.Btc, cancel: TestContext.Current.CancellationToken);

        var target = _requests.Last().Split(' ')[1];
        var query = target[(target.IndexOf('?') + 1)..];
        var (signed, signature) = (query[..query.IndexOf("&signature=")], query[(query.IndexOf("&signature=") + 11)..]);
        Assert.DoesNotContain('+', signature);
        Assert.DoesNotContain('/', signature);
        Assert.EndsWith("%3D%3D", signature);
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes(signed), Convert.FromBase64String(Uri.UnescapeDataString(signature)), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public async Task Request_CarriesItsKeyAndNoTraceOfOurs()
    {
        using var exchange = Exchange(new());
        await exchange.Rest.OpenOrdersAsync(Symbol.Btc, cancel: TestContext.Current.CancellationToken);

        var request = _requests.Last();
        Assert.Contains($"X-MBX-APIKEY: {StubExchange.Key}\r\n", request);
        Assert.Contains("User-Agent: FuturesBot\r\n", request);
        Assert.DoesNotContain("traceparent", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Cookie", request, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task HttpProxy_OfTheSettings_GetsTheRequest()
    {
        var options = new ExchangeOptions { Proxy = $"http://127.0.0.1:{Port}" };
        using var exchange = Exchange(options, new("http://exchange.test"));
        await exchange.Rest.PingAsync(cancel: TestContext.Current.CancellationToken);

        Assert.StartsWith("GET http://exchange.test/fapi/v1/ping HTTP/1.1\r\n", _requests.Last());
    }

    [Fact]
    public async Task SocksProxy_OfTheSettings_IsAskedForTheExchangesHost()
    {
        var options = new ExchangeOptions { Proxy = $"socks5://127.0.0.1:{Port}" };
        using var exchange = Exchange(options, new("http://exchange.test"));
        await exchange.Rest.PingAsync(cancel: TestContext.Current.CancellationToken);

        Assert.Contains("exchange.test", Encoding.ASCII.GetString(Assert.Single(_greetings)));
        Assert.StartsWith("GET /fapi/v1/ping HTTP/1.1\r\n", _requests.Last());
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        using var exchange = Exchange(new() { RetriesMax = 0 });
        var fault = await Assert.ThrowsAsync<ExchangeException>(() => exchange.Rest.FeeRatesAsync(Symbol.Btc));

        Assert.Contains("302", fault.Message);
        Assert.DoesNotContain(_requests, request => request.Contains("elsewhere"));
    }

    private static void AssertSigned(string payload)
    {
        var at = payload.IndexOf("&signature=");
        Assert.Equal(
            Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(StubExchange.SecretText), Encoding.UTF8.GetBytes(payload[..at]))),
            payload[(at + 11)..]);
    }

    private BinanceExchange Exchange(ExchangeOptions options, Uri? rest = null, BinanceKeys? keys = null)
    {
        var addresses = ExchangeAddresses.OnLoopback(Port);
        return new(new(
            rest is null ? addresses : addresses with { Rest = rest },
            keys ?? new(new(StubExchange.Key), new Secret(StubExchange.SecretText)), options, new BanNotes(), new AlertNotes(), new LogNotes(), TimeProvider.System)
        {
            Proxy = ExchangeProxy.From(options, new Dictionary<string, string>()),
        });
    }

    private async Task ServeAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true) clients.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            if (await PeekAsync(client) == 5) await GreetAsync(stream);
            while (await RawHttp.ReadAsync(stream, _stop.Token) is { } request)
            {
                _requests.Enqueue(request);
                var line = request.Split("\r\n")[0];
                if (line.Contains("commissionRate")) await RawHttp.WriteAsync(stream, 302, "text/html", "", "Location: /elsewhere\r\n", _stop.Token);
                else await RawHttp.WriteAsync(stream, 200, "application/json", BodyFor(line), "X-MBX-USED-WEIGHT-1M: 1\r\n", _stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // The other side left, or the test is over.
        }
    }

    private static string BodyFor(string line) =>
        line.Contains("/time") ? $$"""{"serverTime":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}}}"""
        : line.Contains("/openOrders") ? "[]"
        : "{}";

    private async Task<int> PeekAsync(TcpClient client)
    {
        var first = new byte[1];
        return await client.Client.ReceiveAsync(first, SocketFlags.Peek, _stop.Token) == 1 ? first[0] : -1;
    }

    // RFC 1928: no authentication, connect, succeeded.
    private async Task GreetAsync(NetworkStream stream)
    {
        var buffer = new byte[512];
        _ = await stream.ReadAsync(buffer, _stop.Token);
        await stream.WriteAsync(new byte[] { 5, 0 }, _stop.Token);
        var count = await stream.ReadAsync(buffer, _stop.Token);
        _greetings.Enqueue(buffer[..count]);
        await stream.WriteAsync(new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 }, _stop.Token);
    }
}
