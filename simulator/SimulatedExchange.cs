using System.Net;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FuturesBot.Simulator;

/// <summary>
/// A simulated Binance USDT-M futures exchange on loopback: REST, streams and the archive on one port. A test account has the
/// key and the secret <c>simulator</c>.
/// </summary>
public sealed class SimulatedExchange : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly MarketClock _clock;

    private SimulatedExchange(WebApplication server, MarketClock clock, FaultControl control, SimulatedExchangeOptions options)
    {
        (_server, _clock, Control, Speed) = (server, clock, control, options.Speed);
        Rest = new(server.Urls.First());
    }

    /// <summary>Base of REST calls, such as <c>http://127.0.0.1:50123/</c>.</summary>
    public Uri Rest { get; }

    /// <summary>Base of streams, without a route: <c>ws://127.0.0.1:50123/</c>.</summary>
    public Uri Streams => new UriBuilder(Rest) { Scheme = "ws" }.Uri;

    /// <summary>Base of the archive; its files lie under <c>data/futures/um/</c>.</summary>
    public Uri Archive => Rest;

    /// <summary>Market time per wall time.</summary>
    public double Speed { get; }

    /// <summary>Market time, UTC, Unix milliseconds.</summary>
    public long NowMs => _clock.NowMs;

    /// <summary>Switches faults while it runs.</summary>
    public FaultControl Control { get; }

    /// <param name="options">How it starts.</param>
    /// <param name="time">Wall time.</param>
    /// <param name="logs">Null for none.</param>
    /// <param name="cancel">Gives up starting.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SimulatedExchange> StartAsync(
        SimulatedExchangeOptions options, TimeProvider time, ILoggerFactory? logs, CancellationToken cancel)
    {
        var log = (logs ?? NullLoggerFactory.Instance).CreateLogger("FuturesBot.Simulator");
        var clock = new MarketClock(options.StartAtMs ?? time.GetUtcNow().ToUnixTimeMilliseconds());
        var control = new FaultControl(options.Faults);
        var context = new ExchangeContext(options, new NoUserEvents(), options.Faults.Changes, control, time, log);
        var table = new EndpointTable(ExchangeParts.Of(context).SelectMany(part => part.Endpoints));

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        builder.Services.AddSingleton(logs ?? NullLoggerFactory.Instance);
        var server = builder.Build();
        server.Run(new RestDoor(table, clock, context).ServeAsync);
        await server.StartAsync(cancel);
        return new(server, clock, control, options);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private sealed class NoUserEvents : IUserEvents
    {
        public void Publish(string account, string type, ReadOnlyMemory<byte> json)
        {
        }
    }
}
