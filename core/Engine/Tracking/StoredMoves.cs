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
            var id = $"{SignalMoves.IdOf(ask.SignalId, ask.After + moves.Count + 1)}-{Effects.Raise}";
            if (await store.FindEffectAsync(id, cancel) is not { } effect || Effects.ToMessage(effect).Event is not TrackingEvent.Moved moved) break;
            moves.Add(moved);
        }

        return new(moves);
    }
}
