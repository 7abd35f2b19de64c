using System.Net;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Limits;
using FuturesBot.Simulator.Market;
using FuturesBot.Simulator.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
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
    private static readonly TimeSpan ShutdownMax = TimeSpan.FromSeconds(2);

    private readonly WebApplication _server;
    private readonly ExchangeContext _context;
    private readonly MarketClock _clock;
    private readonly StreamHub _hub;
    private readonly KeyRing _keys;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _moving;

    private SimulatedExchange(
        WebApplication server, ExchangeContext context, MarketClock clock, StreamHub hub, KeyRing keys, FaultControl control,
        ExchangeTruth truth, EngineLoop loop)
    {
        (_server, _context, _clock, _hub, _keys) = (server, context, clock, hub, keys);
        (Control, Truth) = (control, truth);
        Rest = new(server.Urls.First());
        _moving = Task.Run(() => loop.RunAsync(_stopping.Token));
    }

    /// <summary>Base of REST calls, such as <c>http://127.0.0.1:50123/</c>.</summary>
    public Uri Rest { get; }

    /// <summary>Base of streams, without a route: <c>ws://127.0.0.1:50123/</c>.</summary>
    public Uri Streams => new UriBuilder(Rest) { Scheme = "ws" }.Uri;

    /// <summary>Base of the archive; its files lie under <c>data/futures/um/</c>.</summary>
    public Uri Archive => Rest;

    /// <summary>Market time per wall time.</summary>
    public double Speed => _context.Options.Speed;

    /// <summary>Market time, UTC, Unix milliseconds.</summary>
    public long NowMs => _clock.NowMs;

    /// <summary>Switches faults while it runs.</summary>
    public FaultControl Control { get; }

    /// <summary>What really happened, for tests that hold something against it.</summary>
    public ExchangeTruth Truth { get; }

    /// <summary>Ends when the market stops moving: after it was disposed of, or with the error that stopped it.</summary>
    public Task Completion => _moving;

    /// <param name="options">How it starts.</param>
    /// <param name="time">Wall time.</param>
    /// <param name="logs">Null for none.</param>
    /// <param name="cancel">Gives up starting.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static Task<SimulatedExchange> StartAsync(
        SimulatedExchangeOptions options, TimeProvider time, ILoggerFactory? logs, CancellationToken cancel) =>
        StartAsync(options, Markets.Of(options, time), ExchangeParts.Of, time, logs, cancel);

    /// <summary>Starts around a market that is there already, with other parts.</summary>
    internal static async Task<SimulatedExchange> StartAsync(
        SimulatedExchangeOptions options, MarketSource source, Func<ExchangeContext, IEnumerable<IExchangePart>> partsOf,
        TimeProvider time, ILoggerFactory? logs, CancellationToken cancel)
    {
        logs ??= NullLoggerFactory.Instance;
        var log = logs.CreateLogger("FuturesBot.Simulator");
        var market = source.Market;
        var clock = new MarketClock(market.NowMs) { IsHeld = options.Held };
        var faults = new FaultControl(options.Faults, time, () => clock.NowMs);
        var listenKeys = new ListenKeys(options.Seed);
        var truth = options.KeepTruth ? new BookTruth(market.Symbols.Count) : null;
        var hub = new StreamHub(market, options, faults, listenKeys, time, log) { Truth = truth };
        var context = new ExchangeContext(options, market, hub, faults, time, log);
        var symbols = new SymbolDirectory(market);
        var stale = new StaleBooks(market, faults);
        var addresses = new AddressLimits(time);
        var keys = new KeyRing(options);
        var told = new ExchangeTruth(context, symbols, truth, addresses, hub);
        IExchangePart[] parts =
        [
            new GeneralEndpoints(symbols, context, faults),
            new BookEndpoints(market, symbols, faults, stale),
            new KlineEndpoints(market, symbols),
            new TickerEndpoints(market, symbols, context),
            new FuturesDataEndpoints(market, symbols),
            new OtherEndpoints(market, symbols),
            new ListenKeyEndpoints(listenKeys, context),
            .. partsOf(context),
        ];
        var table = new EndpointTable(parts.SelectMany(part => part.Endpoints));
        var listeners = new ListenerFan([.. parts.Select(part => part.Listener).OfType<IMarketListener>(), hub]);
        var desk = new CallDesk(table, clock, context, faults, addresses, new(time), keys);
        var doors = new Doors(
            new RestDoor(desk),
            new ApiDoor(hub, desk, clock, context, faults),
            new StreamDoor(hub, clock, context, faults),
            new ArchiveDoor(source.Archive, context, faults),
            new ControlDoor(told, source.Archive, faults, hub, addresses, clock, context));

        var server = Build(options, logs, doors);
        await server.StartAsync(cancel);
        var loop = new EngineLoop(market, listeners, hub, stale, clock, context);
        return new(server, context, clock, hub, keys, faults, told, loop);
    }

    /// <summary>Lets a market go on that was started held.</summary>
    public void Release() => _clock.IsHeld = false;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await _moving;
        }
        finally
        {
            lock (_context.Gate) _hub.AbortAll();
            await _server.StopAsync();
            await _server.DisposeAsync();
            _hub.Dispose();
            _keys.Dispose();
            _stopping.Dispose();
            (_context.Market as IDisposable)?.Dispose();
        }
    }

    private static WebApplication Build(SimulatedExchangeOptions options, ILoggerFactory logs, Doors doors)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseShutdownTimeout(ShutdownMax).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddSingleton(logs);
        var server = builder.Build();
        server.UseWebSockets(new() { KeepAliveInterval = options.PingInterval, KeepAliveTimeout = options.PongTimeout });
        server.Run(doors.ServeAsync);
        return server;
    }

    private sealed record Doors(RestDoor Rest, ApiDoor Api, StreamDoor Streams, ArchiveDoor Archive, ControlDoor Control)
    {
        public Task ServeAsync(HttpContext http)
        {
            var path = http.Request.Path.Value ?? "";
            return ControlDoor.Leads(path) ? Control.ServeAsync(http)
                : ArchiveDoor.Leads(path) ? Archive.ServeAsync(http)
                : StreamDoor.Leads(path) ? Streams.ServeAsync(http)
                : ApiDoor.Leads(path) ? Api.ServeAsync(http)
                : Rest.ServeAsync(http);
        }
    }
}
