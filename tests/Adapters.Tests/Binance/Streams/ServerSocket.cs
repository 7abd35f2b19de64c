using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace FuturesBot.Adapters.Tests.Binance.Streams;

/// <summary>The server's side of one connection.</summary>
internal sealed class ServerSocket(WebSocket socket, string path, Action abort, StreamServer server) : IDisposable
{
    private readonly ConcurrentDictionary<string, bool> _streams = new();
    private readonly ConcurrentQueue<(long At, string Text)> _received = new();
    private readonly SemaphoreSlim _sending = new(1, 1);

    /// <summary>As requested.</summary>
    public string Path => path;

    public bool IsOpen => socket.State == WebSocketState.Open;

    /// <summary>What it is subscribed to now.</summary>
    public IReadOnlyCollection<string> Streams => [.. _streams.Keys];

    /// <summary>Every message that came, with the test's time of its arrival.</summary>
    public IReadOnlyList<(long At, string Text)> Received => [.. _received];

    /// <summary>Sends a text on a socket that is subscribed to the stream; one whose subscription is under way is waited for.</summary>
    public Task PublishAsync(string stream, string text) =>
        InTurnAsync(() => _streams.ContainsKey(stream) ? SendNowAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, end: true) : Task.CompletedTask);

    /// <summary>The last message was sent in one piece and the connection goes on.</summary>
    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, bool end = true) =>
        InTurnAsync(() => SendNowAsync(bytes, type, end));

    /// <summary>Ends it without a word.</summary>
    public void Cut() => abort();

    public Task CloseAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

    public void Dispose() => _sending.Dispose();

    public async Task RunAsync()
    {
        var buffer = new byte[256 * 1024];
        try
        {
            while (true)
            {
                var got = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (got.MessageType == WebSocketMessageType.Close) break;
                var text = Encoding.UTF8.GetString(buffer.AsSpan(0, got.Count));
                _received.Enqueue((server.Time.GetTimestamp(), text));
                await AnswerAsync(text);
            }
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or OperationCanceledException)
        {
            // Cut by either side.
        }
        finally
        {
            _streams.Clear();
        }
    }

    private async Task AnswerAsync(string text)
    {
        using var json = JsonDocument.Parse(text);
        var id = json.RootElement.GetProperty("id").GetInt64();
        var streams = json.RootElement.GetProperty("params").EnumerateArray().Select(name => name.GetString()!).ToList();
        if (!server.Answers) return;
        if (streams.Any(server.Refuses))
        {
            await SendAsync($$$"""{"error":{"code":2,"msg":"Invalid request: unknown stream"},"id":{{{id}}}}""");
            return;
        }

        // In one turn, the answer first: whoever sees the subscription knows that data come after the answer, and whoever
        // knows the answer can publish.
        await InTurnAsync(async () =>
        {
            await SendNowAsync(Encoding.UTF8.GetBytes($$"""{"result":null,"id":{{id}}}"""), WebSocketMessageType.Text, end: true);
            foreach (var stream in streams)
            {
                if (json.RootElement.GetProperty("method").GetString() == "SUBSCRIBE") _streams[stream] = true;
                else _streams.TryRemove(stream, out _);
            }
        });
    }

    private async Task SendNowAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, bool end)
    {
        try
        {
            await socket.SendAsync(bytes, type, end, CancellationToken.None);
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The client has gone: as on a real server, nobody is told.
        }
    }

    private async Task InTurnAsync(Func<Task> send)
    {
        await _sending.WaitAsync();
        try
        {
            await send();
        }
        finally
        {
            _sending.Release();
        }
    }
}
