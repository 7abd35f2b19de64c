using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Tests.Binance.Streams;

/// <summary>
/// A stream server that does what a test says: it acknowledges or not, refuses, stays silent, sends anything. It speaks
/// of no market of its own.
/// </summary>
internal sealed class StreamServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<ServerSocket> _sockets = [];

    private StreamServer(WebApplication app, TimeProvider time) => (_app, Time) = (app, time);

    public TimeProvider Time { get; }

    public Uri Address { get; private set; } = null!;

    /// <summary>Whether requests are answered at all.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>Which streams are refused.</summary>
    public Func<string, bool> Refuses { get; set; } = _ => false;

    /// <summary>Answers with this HTTP status in place of a socket.</summary>
    public int? Status { get; set; }

    /// <summary>Every socket that was opened, the first one first.</summary>
    public IReadOnlyList<ServerSocket> Sockets
    {
        get
        {
            lock (_sockets) return [.. _sockets];
        }
    }

    public IReadOnlyList<ServerSocket> Open => [.. Sockets.Where(socket => socket.IsOpen)];

    public static async Task<StreamServer> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new StreamServer(app, time);
        app.UseWebSockets();
        app.Run(server.ServeAsync);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        server.Address = new(address.Replace("http://", "ws://"));
        return server;
    }

    /// <summary>Sends the event on every socket that is subscribed to the stream.</summary>
    public async Task PublishAsync(string stream, string data)
    {
        foreach (var socket in Open) await socket.PublishAsync(stream, $$"""{"stream":"{{stream}}","data":{{data}}}""");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in Open) socket.Cut();
        await _app.DisposeAsync();
        foreach (var socket in Sockets) socket.Dispose();
    }

    private async Task ServeAsync(HttpContext http)
    {
        if (http.Request.Path == "/ping") return;
        if (Status is { } status)
        {
            http.Response.StatusCode = status;
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var accepted = new ServerSocket(socket, http.Request.Path.Value!, http.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort, this);
        lock (_sockets) _sockets.Add(accepted);
        await accepted.RunAsync();
    }
}
