namespace FuturesBot.Simulator;

/// <summary>Market time: one writer, the engine loop; readers anywhere.</summary>
internal sealed class MarketClock(long nowMs)
{
    private long _nowMs = nowMs;
    private volatile bool _isHeld;

    /// <summary>The market stands still.</summary>
    public bool IsHeld
    {
        get => _isHeld;
        set => _isHeld = value;
    }

    /// <summary>UTC, Unix milliseconds.</summary>
    public long NowMs
    {
        get => Volatile.Read(ref _nowMs);
        set => Volatile.Write(ref _nowMs, value);
    }
}
