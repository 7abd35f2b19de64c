using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using FuturesBot.Simulator.Faults;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Simulator.Wire;

/// <summary>Where stream connections come in: routes, requests, pings, and the end of a connection's life.</summary>
internal sealed class StreamDoor(StreamHub hub, MarketClock clock, ExchangeContext context, FaultControl faults)
{
    private const int MessagesPerSecondMax = 10;

    private readonly SocketReader _reader = new(context.Wall, context.Log);

    /// <summary>True for a path that leads here, whatever it goes on with.</summary>
    public static bool Leads(string path) => Route(path, out _) is not null;

    public async Task ServeAsync(HttpContext http)
    {
        var path = Uri.UnescapeDataString(http.Request.Path.Value ?? "");
        if (!http.WebSockets.IsWebSocketRequest || Route(path, out var rest) is not { } route)
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        if (faults.OfCall(FaultKind.Maintenance, $"GET {path}", null) is not null)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var connection = new StreamConnection(RouteInForce(route), context.Options.QueueMax, context.Wall)
        {
            IsCombined = rest.StartsWith("/stream", StringComparison.Ordinal),
            OpenedMs = clock.NowMs,
            Types = ListOf(http.Request.Query["events"]) is { Length: > 0 } types ? types.ToHashSet(StringComparer.Ordinal) : null,
        };

        // Subscribed before the handshake ends: a client that is connected misses nothing from then on.
        Open(connection, rest, http);
        try
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            var writing = connection.WriteAsync(socket);
            await _reader.ReadAsync(
                connection, socket, MessagesPerSecondMax, message => connection.Send(Encoding.UTF8.GetBytes(Answer(connection, message))), http.RequestAborted);
            connection.Abort();
            await writing;
        }
        finally
        {
            lock (context.Gate) hub.Remove(connection);
        }
    }

    private static string[] ListOf(string? text) =>
        text?.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static StreamRoute? Route(string path, out string rest)
    {
        var (route, length) =
            path.StartsWith("/public/", StringComparison.Ordinal) ? (StreamRoute.Public, "/public".Length)
            : path.StartsWith("/market/", StringComparison.Ordinal) ? (StreamRoute.Market, "/market".Length)
            : path.StartsWith("/private/", StringComparison.Ordinal) ? (StreamRoute.Private, "/private".Length)
            : (StreamRoute.Legacy, 0);
        rest = path[length..];
        return rest is "/ws" or "/stream" || rest.StartsWith("/ws/", StringComparison.Ordinal) ? route : null;
    }

    private StreamRoute RouteInForce(StreamRoute route) =>
        route == StreamRoute.Legacy && !context.Changes.StreamRoutes ? StreamRoute.All : route;

    private void Open(StreamConnection connection, string rest, HttpContext http)
    {
        string[] names =
        [
            .. rest.StartsWith("/ws/", StringComparison.Ordinal) ? ListOf(rest["/ws/".Length..]) : [],
            .. ListOf(http.Request.Query["streams"]),
            .. ListOf(http.Request.Query["listenKey"]),
        ];
        lock (context.Gate)
        {
            hub.Add(connection);
            if (!hub.Subscribe(connection, names)) connection.Close(WebSocketCloseStatus.PolicyViolation, "Too many streams");
        }
    }

    private string Answer(StreamConnection connection, ReadOnlyMemory<byte> message)
    {
        if (StreamRequest.TryRead(message, out var request) is { } error) return error;
        lock (context.Gate)
        {
            switch (request!.Method)
            {
                case "SUBSCRIBE":
                    return hub.Subscribe(connection, request.Names)
                        ? Done(request)
                        : StreamRequest.Error(2, $"Invalid request: at most {hub.StreamsPerConnection} streams per connection", request.Id);
                case "UNSUBSCRIBE":
                    hub.Unsubscribe(connection, request.Names);
                    return Done(request);
                case "LIST_SUBSCRIPTIONS":
                    return $"{{\"result\":{JsonSerializer.Serialize(connection.Names)},\"id\":{request.Id}}}";
                default:
                    return Property(connection, request);
            }
        }
    }

    private static string Property(StreamConnection connection, StreamRequest request)
    {
        if (request.Names is not ["combined"]) return StreamRequest.Error(0, "Unknown property", request.Id);
        if (request.Method == "GET_PROPERTY") return $"{{\"result\":{(connection.IsCombined ? "true" : "false")},\"id\":{request.Id}}}";
        if (request.Value is not { } combined) return StreamRequest.Error(1, "Invalid value type: expected Boolean", request.Id);
        connection.IsCombined = combined;
        return Done(request);
    }

    private static string Done(StreamRequest request) => $"{{\"result\":null,\"id\":{request.Id}}}";
}
