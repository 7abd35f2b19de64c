using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance;

/// <summary>
/// A limit of 5 minutes whose windows the server does not tell: it is held in every span of 5 minutes, in steps of half
/// a minute.
/// </summary>
/// <param name="extra">Which limit it is.</param>
/// <param name="limit">Of the server.</param>
/// <param name="ceilings">What each lane may bring the count to.</param>
internal sealed class SlidingWindow(ExtraLimit extra, int limit, int[] ceilings)
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

    /// <summary>Nobody knows what was used before now: half of the limit counts as used, as if just now.</summary>
    public void AssumeHalf(long nowMs) => Charge(limit / 2, nowMs);

    /// <summary>Takes up what an earlier run used, as far as it still counts; called before the first charge.</summary>
    public void Recall(IEnumerable<UsedStep> steps, long nowMs)
    {
        // A step that seems to come is of a clock that was ahead: it counts from now.
        foreach (var step in steps.Where(step => step.Limit == extra).OrderBy(step => step.StartMs))
            Charge(step.Count, Math.Min(step.StartMs, nowMs));
        Forget(nowMs);
    }

    /// <summary>What still counts, one entry for each half minute.</summary>
    public IEnumerable<UsedStep> Used(long nowMs)
    {
        Forget(nowMs);
        return _steps.GroupBy(step => step.Step).Select(step => new UsedStep(extra, step.Key * StepMs, step.Sum(charge => charge.Count)));
    }

    /// <summary>The next moment at which there is more room.</summary>
    public long NextRoomMs(long nowMs) => _steps.TryPeek(out var oldest) ? (oldest.Step + Steps) * StepMs : nowMs + StepMs;

    private void Forget(long nowMs)
    {
        while (_steps.TryPeek(out var oldest) && oldest.Step + Steps <= nowMs / StepMs) _used -= _steps.Dequeue().Count;
    }
}
