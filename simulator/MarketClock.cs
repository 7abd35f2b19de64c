namespace FuturesBot.Simulator;

/// <summary>Market time: one writer, the engine loop; readers anywhere.</summary>
internal sealed class MarketClock(long nowMs)
{
    private long _nowMs = nowMs;

    /// <summary>UTC, Unix milliseconds.</summary>
    public long NowMs
    {
        get => Volatile.Read(ref _nowMs);
        set => Volatile.Write(ref _nowMs, value);
    }
}
