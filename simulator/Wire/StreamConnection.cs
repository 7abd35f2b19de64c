using System.Net.WebSockets;
using System.Threading.Channels;
using FuturesBot.Simulator.Faults;

namespace FuturesBot.Simulator.Wire;

/// <summary>One client's stream connection: what it subscribed to and what waits to be sent to it.</summary>
internal sealed class StreamConnection : IDisposable
{
    private static readonly TimeSpan FarewellMax = TimeSpan.FromSeconds(2);

    private readonly Channel<ReadOnlyMemory<byte>> _queue = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(
        new() { SingleReader = true });

    private readonly CancellationTokenSource _cut = new();
    private readonly int _queueMax;
    private readonly TimeProvider _wall;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _openedAt;
    private int _waiting;
    private bool _disposed;
    private TaskCompletionSource? _room;
    private (WebSocketCloseStatus Status, string Reason)? _farewell;
    private ReadOnlyMemory<byte>? _heldBack;
    private long _silentUntil = long.MinValue;

    /// <param name="route">Which way it came in.</param>
    /// <param name="queueMax">Waiting messages beyond which it counts as slow.</param>
    /// <param name="wall">For faults that last.</param>
    public StreamConnection(StreamRoute route, int queueMax, TimeProvider wall)
    {
        (Route, _queueMax, _wall, Cut) = (route, queueMax, wall, _cut.Token);
        _openedAt = wall.GetTimestamp();
    }

    public StreamRoute Route { get; }

    /// <summary>Events come wrapped with their stream's name.</summary>
    public bool IsCombined { get; set; }

    /// <summary>All names it subscribed to, also those that stay silent. Touched while the exchange's gate is held.</summary>
    public SortedSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Types of account events that it asked for; null for all.</summary>
    public IReadOnlySet<string>? Types { get; set; }

    /// <summary>Market time at which it was opened.</summary>
    public long OpenedMs { get; init; }

    /// <summary>Cancelled when the connection is cut.</summary>
    public CancellationToken Cut { get; }

    public bool IsSlow => Volatile.Read(ref _waiting) > _queueMax;

    /// <summary>Sends a message after those that wait.</summary>
    public void Send(ReadOnlyMemory<byte> message)
    {
        lock (_gate)
        {
            if (_queue.Writer.TryWrite(message)) _waiting++;
        }
    }

    /// <summary>Sends an event, unless something goes wrong with it on its way.</summary>
    public void Deliver(ReadOnlyMemory<byte> message, string stream, string? symbol, FaultControl faults)
    {
        if (!faults.TouchesStreams && _heldBack is null && _silentUntil == long.MinValue)
        {
            Send(message);
            return;
        }

        if (_wall.GetTimestamp() < _silentUntil) return;
        if (faults.OfStream(FaultKind.Lose, stream, symbol) is not null) return;
        if (faults.OfStream(FaultKind.Delay, stream, symbol) is { } delay)
        {
            _ = SendLaterAsync(message, delay.Ms);
            return;
        }

        if (_heldBack is null && faults.OfStream(FaultKind.Reorder, stream, symbol) is not null)
        {
            _heldBack = message;
            return;
        }

        Send(message);
        if (faults.OfStream(FaultKind.Double, stream, symbol) is not null) Send(message);
        if (_heldBack is not { } earlier) return;
        _heldBack = null;
        Send(earlier);
    }

    /// <summary>From now on sends no event for a while.</summary>
    public void FallSilent(long ms) =>
        _silentUntil = _wall.GetTimestamp() + (long)(ms / 1000.0 * _wall.TimestampFrequency);

    /// <summary>Wall time since it was opened.</summary>
    public TimeSpan Age => _wall.GetElapsedTime(_openedAt);

    /// <summary>Closes it with a farewell after the messages that wait.</summary>
    public void Close(WebSocketCloseStatus status, string reason)
    {
        lock (_gate)
        {
            _farewell ??= (status, reason);
            _queue.Writer.TryComplete();
        }
    }

    /// <summary>Ends when everything that waited has been sent.</summary>
    public Task FarewellAsync() => _written.Task;

    /// <summary>Cuts it at once, without a farewell.</summary>
    public void Abort()
    {
        lock (_gate)
        {
            _queue.Writer.TryComplete();
            if (!_disposed) _ = _cut.CancelAsync();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _room?.TrySetResult();
        }

        _cut.Dispose();
    }

    /// <summary>Ends when at most half of the messages that made it slow still wait.</summary>
    public Task RoomAsync()
    {
        lock (_gate)
        {
            if (_waiting <= _queueMax / 2 || _disposed || Cut.IsCancellationRequested) return Task.CompletedTask;
            _room ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>Sends what waits until the connection ends.</summary>
    public async Task WriteAsync(WebSocket socket)
    {
        try
        {
            await foreach (var message in _queue.Reader.ReadAllAsync(Cut))
            {
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, Cut);
                Sent();
            }

            if (_farewell is not { } farewell) return;
            await socket.CloseOutputAsync(farewell.Status, farewell.Reason, Cut);
            _written.TrySetResult();

            // The client's own farewell ends the wait.
            await Task.Delay(FarewellMax, _wall, Cut);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            // The client went away, or it was cut: there is nobody left to tell.
        }
        finally
        {
            _written.TrySetResult();
            Abort();
            lock (_gate) _room?.TrySetResult();
        }
    }

    private void Sent()
    {
        lock (_gate)
        {
            if (--_waiting > _queueMax / 2 || _room is null) return;
            _room.TrySetResult();
            _room = null;
        }
    }

    private async Task SendLaterAsync(ReadOnlyMemory<byte> message, long ms)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(ms), _wall, CancellationToken.None);
        Send(message);
    }
}
