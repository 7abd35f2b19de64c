using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain.Scoring;

/// <summary>
/// The triggers of one symbol over the last bars, entered or not: confluence counts them before any
/// lock, because a lock refuses a new signal, it does not hide a trigger (spec 2.9).
/// </summary>
public sealed class TriggerMemory : IStateful
{
    private const int Keep = 64;

    private readonly Ring<Entry> _entries = new(Keep, roomAtFirst: 8);

    public void Add(Setup setup, ulong strategyCode, long nowMs)
    {
        if (setup.ScoresItself) return;   // Action Price takes no part
        _entries.Add(new Entry(nowMs, strategyCode, (int)setup.Kind.Side, setup.SignalPrice, setup.StopAnchor));
    }

    /// <summary>How many independent strategies agree with the setup, itself included.</summary>
    /// <param name="setup">A setup that was added.</param>
    /// <param name="sinceMs">Triggers older than this do not count.</param>
    /// <param name="gapMax">Largest difference of entry prices, as a fraction.</param>
    /// <param name="farthestStop">The stop anchor farthest from the entry, of the setup and of the other strategies that agree; NaN: none has one.</param>
    public int Agreeing(Setup setup, long sinceMs, double gapMax, out double farthestStop)
    {
        farthestStop = setup.StopAnchor;
        Span<ulong> seen = stackalloc ulong[Keep];
        var strategies = 0;
        for (var i = 0; i < _entries.Count; i++)
        {
            ref readonly var entry = ref _entries.Ago(i);
            if (entry.AtMs < sinceMs) break;
            if (entry.Side != (int)setup.Kind.Side) continue;
            if (Math.Abs(entry.Price - setup.SignalPrice) > gapMax * setup.SignalPrice) continue;
            if (entry.Strategy != setup.Kind.StrategyCode)   // a strategy does not agree with itself
            {
                farthestStop = setup.Kind.Side == Side.Long
                    ? Least(farthestStop, entry.Stop)
                    : -Least(-farthestStop, -entry.Stop);
            }

            if (!seen[..strategies].Contains(entry.Strategy)) seen[strategies++] = entry.Strategy;
        }

        return strategies;
    }

    public void Carry(StateCarrier carrier) => _entries.Carry(carrier);

    private static double Least(double left, double right) =>
        double.IsNaN(left) ? right : double.IsNaN(right) ? left : Math.Min(left, right);

    private readonly record struct Entry(long AtMs, ulong Strategy, long Side, double Price, double Stop);
}
