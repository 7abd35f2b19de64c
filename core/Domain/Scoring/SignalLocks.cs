using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Scoring;

/// <summary>
/// What keeps one symbol from signalling again: a lock per side with a time to live, a block per strategy
/// until its signal has ended, and Action Price's own lock and cool-down (spec 2.8b, 2.9).
/// </summary>
public sealed class SignalLocks : IStateful
{
    /// <summary>The namespaces that do not see each other's locks.</summary>
    private const int Core = 0;
    private const int ActionPrice = 1;

    // [namespace, side]: time until which the side is locked.
    private readonly long[] _lockedUntilMs = [long.MinValue, long.MinValue, long.MinValue, long.MinValue];
    private readonly List<ulong> _blocked = [];

    public long LockedUntilMs(bool actionPrice, Side side) => _lockedUntilMs[Slot(actionPrice, side)];

    public bool IsBlocked(ulong strategyCode) => _blocked.Contains(strategyCode);

    public void Lock(bool actionPrice, Side side, long untilMs) =>
        _lockedUntilMs[Slot(actionPrice, side)] = Math.Max(_lockedUntilMs[Slot(actionPrice, side)], untilMs);

    public void Block(ulong strategyCode)
    {
        if (!_blocked.Contains(strategyCode)) _blocked.Add(strategyCode);
    }

    public void Unblock(ulong strategyCode) => _blocked.Remove(strategyCode);

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(_lockedUntilMs);
        carrier.Carry(_blocked);
    }

    private static int Slot(bool actionPrice, Side side) =>
        ((actionPrice ? ActionPrice : Core) * 2) + (side == Side.Long ? 0 : 1);
}
