namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>What a line has seen, through all its sockets. Safe from many threads.</summary>
internal sealed class LineCounts
{
    private long _messages, _bytes, _rubbish, _oversized, _faults;
    private int _reconnects, _renewals;

    public LagHistogram Lag { get; } = new();

    public long Messages => Interlocked.Read(ref _messages);

    public long Bytes => Interlocked.Read(ref _bytes);

    public long Rubbish => Interlocked.Read(ref _rubbish);

    public long Oversized => Interlocked.Read(ref _oversized);

    public long Faults => Interlocked.Read(ref _faults);

    public int Reconnects => Volatile.Read(ref _reconnects);

    public int Renewals => Volatile.Read(ref _renewals);

    public void AddMessage(double lagMs)
    {
        Interlocked.Increment(ref _messages);
        if (!double.IsNaN(lagMs)) Lag.Add(lagMs);
    }

    public void AddBytes(int count) => Interlocked.Add(ref _bytes, count);

    public long AddRubbish() => Interlocked.Increment(ref _rubbish);

    public void AddOversized() => Interlocked.Increment(ref _oversized);

    public long AddFault() => Interlocked.Increment(ref _faults);

    public void AddReconnect() => Interlocked.Increment(ref _reconnects);

    public void AddRenewal() => Interlocked.Increment(ref _renewals);
}
