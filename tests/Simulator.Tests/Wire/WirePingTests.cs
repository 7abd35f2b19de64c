using System.Net.Sockets;
using System.Text;
using Xunit;

namespace FuturesBot.Simulator.Tests.Wire;

/// <summary>Pings come and want an answer. Their time is the machine's: the sockets beneath keep it themselves.</summary>
public sealed class WirePingTests
{
    private static readonly SimulatedExchangeOptions Impatient = new()
    {
        PingInterval = TimeSpan.FromMilliseconds(20),
        PongTimeout = TimeSpan.FromMilliseconds(200),
    };

    [Theory]
    [InlineData("/market/stream")]
    [InlineData("/ws-fapi/v1")]
    public async Task Ping_NeverAnswered_EndsTheConnection(string path)
    {
        await using var wire = await WireExchange.StartAsync(Impatient);
        using var client = new TcpClient();
        await client.ConnectAsync(wire.Exchange.Rest.Host, wire.Exchange.Rest.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"GET {path} HTTP/1.1\r\nHost: exchange\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"),
            TestContext.Current.CancellationToken);

        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(TimeSpan.FromSeconds(30));
        var heard = new List<byte>();
        var buffer = new byte[4_096];
        try
        {
            int length;
            while ((length = await stream.ReadAsync(buffer, late.Token)) > 0) heard.AddRange(buffer[..length]);
        }
        catch (IOException)
        {
            // It was cut without a farewell, which is as good.
        }

        Assert.StartsWith("HTTP/1.1 101", Encoding.ASCII.GetString([.. heard]));
        Assert.Contains((byte)0x89, heard);   // the head of a ping
    }

    [Fact]
    public async Task Ping_Answered_LetsTheConnectionLive()
    {
        // Longer than a busy machine holds a thread up, and shorter than the test.
        await using var wire = await WireExchange.StartAsync(Impatient with { PongTimeout = TimeSpan.FromSeconds(1) });
        using var socket = await wire.ConnectAsync("/market/ws");

        // The client's socket answers pings while it is read; several of them pass meanwhile.
        for (var i = 0; i < 5; i++)
        {
            var reading = socket.ReadTextAsync();
            await Task.Delay(300, TestContext.Current.CancellationToken);
            await socket.SendAsync($$"""{"method":"LIST_SUBSCRIPTIONS","id":{{i}}}""");
            Assert.Equal($$"""{"result":[],"id":{{i}}}""", await reading);
        }
    }
}
