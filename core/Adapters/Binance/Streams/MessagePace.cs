namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>Keeps messages of one connection apart. Not for use from two tasks at once.</summary>
internal sealed class MessagePace(TimeProvider time, double perSecond)
{
    private readonly TimeSpan _apart = TimeSpan.FromSeconds(1 / perSecond);
    private long? _last;

    /// <summary>Waits until the next message may go, and counts it.</summary>
    public async Task WaitAsync(CancellationToken cancel)
    {
        while (_last is { } last && time.GetElapsedTime(last) is var passed && passed < _apart)
            await Task.Delay(_apart - passed, time, cancel);
        _last = time.GetTimestamp();
    }
}
