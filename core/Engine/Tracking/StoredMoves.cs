using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Tracking;

/// <summary>
/// Moves of signals, read back from what the kernel has committed. They are committed before anybody is told of them, and kept as long as
/// <see cref="Retention.DoneEffectDays"/> says: what got lost on its way to an orchestration is here.
/// </summary>
public static class StoredMoves
{
    /// <summary>Those that follow a version without a gap, <see cref="MissedMoves.Max"/> at most.</summary>
    public static async Task<MissedMoves> ReadAsync(ISignalStore store, MovesAsk ask, CancellationToken cancel = default)
    {
        var moves = new List<TrackingEvent.Moved>();
        while (moves.Count < MissedMoves.Max)
        {
            if (await FindAsync(store, ask.SignalId, ask.After + moves.Count + 1, cancel) is not { } moved) break;
            moves.Add(moved);
        }

        return new(moves);
    }

    /// <summary>The version that lies before all that are kept without a gap up to this one; this one when it is not kept itself.</summary>
    public static async Task<long> BeforeFirstAsync(ISignalStore store, string signalId, long version, CancellationToken cancel = default)
    {
        while (version > 0 && await FindAsync(store, signalId, version, cancel) is not null) version--;
        return version;
    }

    private static async Task<TrackingEvent.Moved?> FindAsync(ISignalStore store, string signalId, long version, CancellationToken cancel) =>
        await store.FindEffectAsync($"{SignalMoves.IdOf(signalId, version)}-{Effects.Raise}", cancel) is { } effect
            ? Effects.ToMessage(effect).Event as TrackingEvent.Moved
            : null;
}
