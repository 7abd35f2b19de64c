using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FuturesBot.Dashboard.Sample;

namespace FuturesBot.Dashboard.Tests;

/// <summary>On real sockets: what a test server cannot show.</summary>
public sealed class KestrelTests
{
    [Fact]
    public async Task Stop_WithAnOpenStream_EndsItAtOnce()
    {
        await using var app = DashboardHost.Create(new SampleSource(1, TimeProvider.System), new DashboardOptions { Port = 0 });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var response = await client.GetAsync(
            new Uri("/api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        var clock = Stopwatch.StartNew();

        await app.StopAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Start_OnATakenPort_ThrowsAnIOException()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var app = DashboardHost.Create(new SampleSource(1, TimeProvider.System), new DashboardOptions { Port = port });

        await Assert.ThrowsAnyAsync<IOException>(() => app.StartAsync());
    }
}
