namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Lets at most so many connections begin in any five minutes; the next ones wait. One for the whole process: the
/// exchange counts by address and bans the one that passes 300.
/// </summary>
public sealed class ConnectionBudget(TimeProvider time, int perFiveMinutes)
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Queue<long> _begun = new();

    /// <summary>Connections begun in the last five minutes.</summary>
    public int Used
    {
        get
        {
            lock (_gate)
            {
                Forget();
                return _begun.Count;
            }
        }
    }

    /// <summary>Waits for room and takes it.</summary>
    public async Task EnterAsync(CancellationToken cancel)
    {
        while (TryEnter() is { } wait) await Task.Delay(wait, time, cancel);
    }

    private TimeSpan? TryEnter()
    {
        lock (_gate)
        {
            Forget();
            if (_begun.Count >= perFiveMinutes) return Span - time.GetElapsedTime(_begun.Peek());
            _begun.Enqueue(time.GetTimestamp());
            return null;
        }
    }

    private void Forget()
    {
        while (_begun.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= Span) _begun.Dequeue();
    }
}
