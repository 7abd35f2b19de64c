using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// One socket, from its opening to its end. Receives on a loop of its own and hands whole messages on, one after the
/// other; while it is held back it keeps them, in order, until it is released.
/// </summary>
internal sealed class StreamConnection : IAsyncDisposable
{
    private const int FirstBytes = 16 * 1024;

    private static readonly TimeSpan CloseAfter = TimeSpan.FromSeconds(1);
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource<StreamReply>> _unanswered = new();
    private readonly TaskCompletionSource<ConnectionEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StreamParts _parts;
    private readonly IStreamReceiver _receiver;
    private readonly LineCounts _counts;
    private readonly StreamLog _log;
    private readonly Action _changed;
    private readonly HeldMessages? _held;
    private readonly MessagePace _pace;
    private readonly HashSet<string> _subscribed = [];
    private readonly HashSet<string> _refused = [];
    private Task _loop = Task.CompletedTask;
    private long _openedAt, _subscribedAt, _dataAt, _lastId;

    /// <param name="parts">What it needs.</param>
    /// <param name="receiver">Takes the messages.</param>
    /// <param name="counts">Counts them.</param>
    /// <param name="log">Tells of what is wrong with them.</param>
    /// <param name="changed">Called when first data have come, when no more can be held, and at the end.</param>
    /// <param name="held">Keeps messages back until <see cref="Release"/>.</param>
    public StreamConnection(
        StreamParts parts, IStreamReceiver receiver, LineCounts counts, StreamLog log, Action changed, bool held)
    {
        (_parts, _receiver, _counts, _log, _changed) = (parts, receiver, counts, log, changed);
        _held = held ? new(parts.Options.HeldMaxMib * 1024L * 1024) : null;
        _pace = new(parts.Time, parts.Options.MessagesPerSecond);
        _socket.Options.KeepAliveInterval = TimeSpan.FromMinutes(1);
        _socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(30);
        _socket.Options.CollectHttpResponseDetails = true;
    }

    /// <summary>What the exchange has acknowledged on this socket. Only for the task that subscribes.</summary>
    public IReadOnlySet<string> Subscribed => _subscribed;

    /// <summary>What it has refused.</summary>
    public IReadOnlySet<string> Refused => _refused;

    /// <summary>How it ended; null while it runs.</summary>
    public ConnectionEnd? End => _end.Task.IsCompleted ? _end.Task.Result : null;

    public bool HasData => Interlocked.Read(ref _dataAt) != 0;

    /// <summary>It keeps as much as it may, and waits for its release.</summary>
    public bool IsHeldFull => _held?.IsFull ?? false;

    public TimeSpan Age => _openedAt == 0 ? TimeSpan.Zero : _parts.Time.GetElapsedTime(_openedAt);

    /// <summary>Since the last data, or since the first subscription while there were none; zero before that.</summary>
    public TimeSpan Silence =>
        Math.Max(Interlocked.Read(ref _dataAt), _subscribedAt) is var last and not 0
            ? _parts.Time.GetElapsedTime(last)
            : TimeSpan.Zero;

    /// <summary>Opens the socket and begins to receive; false when that failed, and <see cref="End"/> says how.</summary>
    public async Task<bool> OpenAsync(Uri address, CancellationToken cancel)
    {
        using var tooLate = new CancellationTokenSource(TimeSpan.FromSeconds(_parts.Options.ConnectSeconds), _parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, tooLate.Token);
        try
        {
            using var http = new HttpMessageInvoker(Handler());
            await _socket.ConnectAsync(address, http, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Failed($"was not open after {_parts.Options.ConnectSeconds} s");
        }
        catch (Exception fault) when (fault is WebSocketException or HttpRequestException or IOException)
        {
            return _socket.HttpStatusCode is var status and not (default(HttpStatusCode) or HttpStatusCode.SwitchingProtocols)
                ? Failed($"was answered with HTTP {(int)status}", status)
                : Failed($"could not be opened: {Cause(fault)}");
        }

        _openedAt = _parts.Time.GetTimestamp();
        _loop = ReceiveAsync();
        return true;
    }

    // No spans of its own: the address of a user's stream holds the listen key.
    private SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        Proxy = _parts.Proxy,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.Zero,
    };

    /// <summary>Subscribes to streams in batches; what is refused is found and left out.</summary>
    /// <returns>False when the connection is of no use: an answer did not come, or it ended.</returns>
    public Task<bool> SubscribeAsync(IReadOnlyList<string> streams, CancellationToken cancel) =>
        InBatchesAsync("SUBSCRIBE", streams, stream =>
        {
            if (_subscribed.Count == 0) _subscribedAt = Math.Max(1, _parts.Time.GetTimestamp());
            _subscribed.Add(stream);
        }, cancel);

    /// <inheritdoc cref="SubscribeAsync"/>
    public Task<bool> UnsubscribeAsync(IReadOnlyList<string> streams, CancellationToken cancel) =>
        InBatchesAsync("UNSUBSCRIBE", streams, stream => _subscribed.Remove(stream), cancel);

    /// <summary>Hands over what was held back, in order, and everything that follows at once.</summary>
    public void Release() => _held?.Release(Deliver);

    /// <summary>Ends it. When this returns no more messages are handed on.</summary>
    public async Task CloseAsync(ConnectionEnd why)
    {
        _end.TrySetResult(why);
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            using var tooLate = new CancellationTokenSource(CloseAfter);   // a courtesy: real time, and short
            try
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, tooLate.Token);
            }
            catch (Exception fault) when (fault is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                _log.ClosedBadly(fault.GetType().Name);
            }
        }

        await _stop.CancelAsync();
        _held?.Drop();
        await _loop;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync(ConnectionEnd.Ours);
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task<bool> InBatchesAsync(
        string method, IReadOnlyList<string> streams, Action<string> done, CancellationToken cancel)
    {
        var batches = new Stack<string[]>(streams.Chunk(_parts.Options.StreamsPerMessage).Reverse());
        while (batches.TryPop(out var batch))
        {
            if (await AskAsync(method, batch, cancel) is not { } reply) return false;
            if (reply.Error is null)
            {
                foreach (var stream in batch) done(stream);
            }
            else if (batch.Length > 1)
            {
                // One of them is at fault; the others must not suffer for it.
                batches.Push(batch[(batch.Length / 2)..]);
                batches.Push(batch[..(batch.Length / 2)]);
            }
            else
            {
                _refused.Add(batch[0]);
                _log.Refused(batch[0], reply.Error);
                _receiver.Refused(batch[0]);
            }
        }

        return true;
    }

    private async Task<StreamReply?> AskAsync(string method, string[] streams, CancellationToken cancel)
    {
        await _pace.WaitAsync(cancel);
        var id = ++_lastId;
        var answer = new TaskCompletionSource<StreamReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        _unanswered[id] = answer;
        try
        {
            await _socket.SendAsync(Message(method, streams, id), WebSocketMessageType.Text, endOfMessage: true, cancel);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var late = Task.Delay(TimeSpan.FromSeconds(_parts.Options.ReplySeconds), _parts.Time, enough.Token);
            var first = await Task.WhenAny(answer.Task, _end.Task, late);
            await enough.CancelAsync();
            if (first == answer.Task) return await answer.Task;

            cancel.ThrowIfCancellationRequested();
            if (first == late)
            {
                _end.TrySetResult(new(
                    EndReason.Unanswered, $"{method} of {streams.Length} streams was not answered in {_parts.Options.ReplySeconds} s"));
            }

            return null;
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            _end.TrySetResult(new(EndReason.Cut, $"broke while sending: {Cause(fault)}"));
            return null;
        }
        finally
        {
            _unanswered.TryRemove(id, out _);
        }
    }

    private static ReadOnlyMemory<byte> Message(string method, string[] streams, long id)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(bytes, Plain);
        json.WriteStartObject();
        json.WriteString("method", method);
        json.WriteStartArray("params");
        foreach (var stream in streams) json.WriteStringValue(stream);
        json.WriteEndArray();
        json.WriteNumber("id", id);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    private async Task ReceiveAsync()
    {
        await Task.Yield();
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length) buffer = Grown(buffer, length);
                var got = await _socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token);
                if (got.MessageType == WebSocketMessageType.Close)
                {
                    _end.TrySetResult(new(EndReason.Closed, $"was closed by the exchange ({(int?)_socket.CloseStatus})"));
                    return;
                }

                length += got.Count;
                if (length > _parts.Options.MessageMaxMib * 1024 * 1024)
                {
                    _counts.AddOversized();
                    _end.TrySetResult(new(EndReason.Oversized, $"sent a message of more than {_parts.Options.MessageMaxMib} MiB"));
                    return;
                }

                if (!got.EndOfMessage) continue;
                _counts.AddBytes(length);
                Take(buffer.AsSpan(0, length), got.MessageType);
                length = 0;
                if (_held is { IsFull: true }) await _held.Released;
            }
        }
#pragma warning disable CA1031 // the loop's edge: whatever it is, the connection has ended, and the line opens another
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _end.TrySetResult(new(EndReason.Cut, $"broke: {Cause(fault)}"));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            _changed();
        }
    }

    private void Take(ReadOnlySpan<byte> message, WebSocketMessageType type)
    {
        if (type == WebSocketMessageType.Binary)
        {
            CountRubbish(message, "binary");
        }
        else if (StreamReply.TryRead(message, out var reply))
        {
            if (_unanswered.TryRemove(reply.Id, out var waiting)) waiting.TrySetResult(reply);
        }
        else if (_held is null || !_held.TryKeep(message))
        {
            Deliver(message);
        }
        else if (message.StartsWith("{\"stream\""u8) || message.StartsWith("{\"e\""u8))
        {
            // Not read yet, but of the shape of data: the exchange does send on this socket.
            SeeData();
        }

        if (IsHeldFull) _changed();
    }

    private void Deliver(ReadOnlySpan<byte> message)
    {
        try
        {
            var eventMs = _receiver.Receive(message);
            if (eventMs < 0)
            {
                CountRubbish(message, "not readable");
                return;
            }

            _counts.AddMessage(eventMs > 0 ? (_parts.Clock.NowMs - eventMs) / _parts.Clock.Speed : double.NaN);
            SeeData();
        }
#pragma warning disable CA1031 // the loop's edge: one message must not end the stream
        catch (Exception fault)
#pragma warning restore CA1031
        {
            if (IsWorthALine(_counts.AddFault())) _log.Fault(fault);
        }
    }

    private void SeeData()
    {
        var before = Interlocked.Exchange(ref _dataAt, Math.Max(1, _parts.Time.GetTimestamp()));
        if (before == 0) _changed();
    }

    private void CountRubbish(ReadOnlySpan<byte> message, string what)
    {
        var count = _counts.AddRubbish();
        if (IsWorthALine(count)) _log.Rubbish(count, what, message.Length, Encoding.UTF8.GetString(message[..Math.Min(message.Length, 200)]));
    }

    // A server that sends only rubbish must not fill the disk with our lines about it: the 1st, 2nd, 4th, 8th …
    private static bool IsWorthALine(long count) => (count & (count - 1)) == 0;

    private bool Failed(string text, HttpStatusCode? status = null)
    {
        _end.TrySetResult(new(EndReason.Unreachable, text, status));
        return false;
    }

    private static byte[] Grown(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    // The type and the innermost message: addresses stand in none of them, but a listen key might.
    private string Cause(Exception fault)
    {
        var inner = fault.GetBaseException();
        return _log.Redacted($"{inner.GetType().Name}: {inner.Message}");
    }
}
