using System.Net.WebSockets;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Simulator.Wire;

/// <summary>Reads what a client sends, a message at a time, until its connection ends.</summary>
internal sealed partial class SocketReader(TimeProvider wall, ILogger log)
{
    private const int MessageBytesMax = 256 * 1024;
    private const int FirstBytes = 4_096;

    /// <param name="connection">Closed with 1009 by a message of more than 256 KiB, with 1008 by too many of them.</param>
    /// <param name="socket">Where they come from.</param>
    /// <param name="perSecondMax">More messages in a second are too many.</param>
    /// <param name="take">Is given each message; the memory is valid until it returns.</param>
    /// <param name="aborted">The client has gone.</param>
    public async Task ReadAsync(
        StreamConnection connection, WebSocket socket, int perSecondMax, Action<ReadOnlyMemory<byte>> take, CancellationToken aborted)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(aborted, connection.Cut);
        var buffer = new byte[FirstBytes];
        var lately = new Queue<long>();
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

                if (IsOver(lately, perSecondMax)) connection.Close(WebSocketCloseStatus.PolicyViolation, "Too many requests");
                else if (length > 0) take(buffer.AsMemory(0, length));
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException)
        {
            LogGone(log, connection.Route, gone.Message);
        }
    }

    private bool IsOver(Queue<long> lately, int perSecondMax)
    {
        var now = wall.GetTimestamp();
        while (lately.TryPeek(out var oldest) && wall.GetElapsedTime(oldest, now) >= TimeSpan.FromSeconds(1)) lately.Dequeue();
        if (lately.Count > perSecondMax) return true;   // no need to remember more of them
        lately.Enqueue(now);
        return lately.Count > perSecondMax;
    }

    [LoggerMessage(6103, LogLevel.Debug, "A connection on {Route} ended: {Why}")]
    private static partial void LogGone(ILogger log, StreamRoute route, string why);
}
