using System.Buffers;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>Messages of a connection that is not yet in use, in order. Safe from many threads.</summary>
internal sealed class HeldMessages(long bytesMax)
{
    private readonly Lock _gate = new();
    private readonly Queue<(byte[] Buffer, int Length)> _messages = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isHolding = true;
    private long _bytes;

    public bool IsFull => _isHolding && Interlocked.Read(ref _bytes) >= bytesMax;

    /// <summary>Ends when messages are no longer kept.</summary>
    public Task Released => _released.Task;

    /// <summary>Keeps a copy; false once they are released, and then every earlier one has been handed over.</summary>
    public bool TryKeep(ReadOnlySpan<byte> message)
    {
        if (!_isHolding) return false;
        lock (_gate)
        {
            if (!_isHolding) return false;
            var copy = ArrayPool<byte>.Shared.Rent(message.Length);
            message.CopyTo(copy);
            _messages.Enqueue((copy, message.Length));
            Interlocked.Add(ref _bytes, message.Length);
            return true;
        }
    }

    /// <summary>Hands over what is kept. Whoever wants to keep another meanwhile waits.</summary>
    public void Release(MessageTaker taker)
    {
        lock (_gate)
        {
            while (_messages.TryDequeue(out var message))
            {
                taker(message.Buffer.AsSpan(0, message.Length));
                ArrayPool<byte>.Shared.Return(message.Buffer);
            }

            _isHolding = false;
        }

        _released.TrySetResult();
    }

    /// <summary>Forgets what is kept.</summary>
    public void Drop() => Release(_ => { });
}
