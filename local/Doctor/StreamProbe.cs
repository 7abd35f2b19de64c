using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace FuturesBot.Local.Doctor;

/// <summary>
/// Subscribes one stream and waits for a message of it. An acknowledgement is no proof: on a wrong route the exchange
/// acknowledges and stays silent.
/// </summary>
internal sealed class StreamProbe(IWebProxy? proxy, TimeProvider time)
{
    private const int MessageBytesMax = 1 << 20;

    public enum Outcome
    {
        /// <summary>A message of the stream came.</summary>
        Delivered,

        /// <summary>The subscription was acknowledged, and nothing came.</summary>
        Silent,

        /// <summary>Connected, and the subscription was refused or not acknowledged.</summary>
        Refused,

        /// <summary>No connection.</summary>
        Unreachable,
    }

    /// <param name="address">Of the route.</param>
    /// <param name="stream">Its name; a listen key is one too, and never appears in what is returned.</param>
    /// <param name="patience">Wall time to wait for a message.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<(Outcome Outcome, TimeSpan After, string Detail)> RunAsync(
        Uri address, string stream, TimeSpan patience, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(patience, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        using var socket = new ClientWebSocket();
        socket.Options.Proxy = proxy;
        socket.Options.CollectHttpResponseDetails = true;
        var began = time.GetTimestamp();
        var acknowledged = false;
        try
        {
            await socket.ConnectAsync(address, ends.Token);
            var subscribe = JsonSerializer.SerializeToUtf8Bytes(new { method = "SUBSCRIBE", @params = new[] { stream }, id = 1 });
            await socket.SendAsync(subscribe, WebSocketMessageType.Text, endOfMessage: true, ends.Token);
            while (await ReceiveAsync(socket, ends.Token) is { } message)
            {
                if (message.Contains("\"stream\"", StringComparison.Ordinal)) return (Outcome.Delivered, time.GetElapsedTime(began), "");
                if (message.Contains("\"error\"", StringComparison.Ordinal)) return (Outcome.Refused, time.GetElapsedTime(began), "the subscription was refused");
                acknowledged |= message.Contains("\"result\"", StringComparison.Ordinal);
            }

            return (Outcome.Refused, time.GetElapsedTime(began), "the connection was closed");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (acknowledged ? Outcome.Silent : Outcome.Refused, time.GetElapsedTime(began), "no answer in time");
        }
        catch (WebSocketException e)
        {
            var status = (int)socket.HttpStatusCode;
            return (Outcome.Unreachable, time.GetElapsedTime(began), status is 0 or 101 ? e.WebSocketErrorCode.ToString() : $"HTTP {status}");
        }
    }

    private static async Task<string?> ReceiveAsync(ClientWebSocket socket, CancellationToken cancel)
    {
        var message = new byte[MessageBytesMax];
        var length = 0;
        while (length < message.Length)
        {
            var part = await socket.ReceiveAsync(message.AsMemory(length), cancel);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (part.EndOfMessage) return Encoding.UTF8.GetString(message, 0, length);
        }

        return null;
    }
}
