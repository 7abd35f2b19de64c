using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance;

/// <summary>
/// A limit of 5 minutes whose windows the server does not tell: it is held in every span of 5 minutes, in steps of half
/// a minute.
/// </summary>
internal sealed class SlidingWindow(int limit, int[] ceilings)
{
    private const long StepMs = 30_000;
    private const int Steps = 11;   // five minutes, and the step that has begun

    private readonly Queue<(long Step, int Count)> _steps = new();
    private int _used;

    public LimitReading Read(long nowMs)
    {
        Forget(nowMs);
        return new(_used, limit);
    }

    public bool HasRoom(int amount, RequestLane lane, long nowMs)
    {
        Forget(nowMs);
        return _used + amount <= ceilings[(int)lane];
    }

    public void Charge(int amount, long nowMs)
    {
        _steps.Enqueue((nowMs / StepMs, amount));
        _used += amount;
    }

    /// <summary>The next moment at which there is more room.</summary>
    public long NextRoomMs(long nowMs) => _steps.TryPeek(out var oldest) ? (oldest.Step + Steps) * StepMs : nowMs + StepMs;

    private void Forget(long nowMs)
    {
        while (_steps.TryPeek(out var oldest) && oldest.Step + Steps <= nowMs / StepMs) _used -= _steps.Dequeue().Count;
    }
}
