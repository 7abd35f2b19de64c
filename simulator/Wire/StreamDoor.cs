using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using FuturesBot.Simulator.Faults;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Simulator.Wire;

/// <summary>Where stream connections come in: routes, requests, pings, and the end of a connection's life.</summary>
internal sealed partial class StreamDoor(StreamHub hub, MarketClock clock, ExchangeContext context, FaultControl faults)
{
    private const int MessageBytesMax = 256 * 1024;
    private const int MessagesPerSecondMax = 10;
    private const int FirstBytes = 4_096;

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
            await ListenAsync(connection, socket, http.RequestAborted);
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

    private async Task ListenAsync(StreamConnection connection, WebSocket socket, CancellationToken aborted)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(aborted, connection.Cut);
        var buffer = new byte[FirstBytes];
        var lately = new Queue<long>(MessagesPerSecondMax);
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult received;
                do
                {
                    if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
                    received = await socket.ReceiveAsync(buffer.AsMemory(length), ending.Token);
                    length += received.Count;
                    if (length <= MessageBytesMax) continue;
                    connection.Close(WebSocketCloseStatus.MessageTooBig, "Payload too long");
                    length = 0;
                }
                while (!received.EndOfMessage);

                if (received.MessageType == WebSocketMessageType.Close)
                {
                    connection.Close(WebSocketCloseStatus.NormalClosure, "");
                    await connection.FarewellAsync();
                    return;
                }

                if (TooMany(lately)) connection.Close(WebSocketCloseStatus.PolicyViolation, "Too many requests");
                else if (length > 0) connection.Send(Encoding.UTF8.GetBytes(Answer(connection, buffer.AsMemory(0, length))));
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException)
        {
            LogGone(context.Log, connection.Route, gone.Message);
        }
    }

    private bool TooMany(Queue<long> lately)
    {
        var now = context.Wall.GetTimestamp();
        while (lately.TryPeek(out var oldest) && context.Wall.GetElapsedTime(oldest, now) >= TimeSpan.FromSeconds(1)) lately.Dequeue();
        lately.Enqueue(now);
        return lately.Count > MessagesPerSecondMax;
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

    [LoggerMessage(6103, LogLevel.Debug, "A stream connection on {Route} ended: {Why}")]
    private static partial void LogGone(ILogger log, StreamRoute route, string why);
}
