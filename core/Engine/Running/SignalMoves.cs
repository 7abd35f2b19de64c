using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Tracking;

namespace FuturesBot.Engine.Running;

/// <summary>
/// The effects of a commit where each signal has an orchestration: one a changed signal, which holds the signal's own effects, so that
/// whatever happened to a signal in a batch is one event for it.
/// </summary>
internal static class SignalMoves
{
    public static IReadOnlyList<StoredEffect> Of(IReadOnlyList<StoredSignal> changed, SignalBook book, IReadOnlyList<StoredEffect> effects)
    {
        var ofSignal = effects.Where(effect => !IsOwn(effect)).ToLookup(effect => effect.SignalId, StringComparer.Ordinal);
        return
        [
            .. changed.Select(signal => Of(signal, book.Find(signal.Id)!.State, [.. ofSignal[signal.Id]])),
            .. effects.Where(IsOwn),
        ];
    }

    /// <summary>Id of the event that tells of a version.</summary>
    public static string IdOf(string signalId, long version) => FormattableString.Invariant($"{signalId}-v{version}");

    // What belongs to no signal, and what is on its way to an orchestration already.
    private static bool IsOwn(StoredEffect effect) => effect.SignalId.Length == 0 || effect.Kind == Effects.Raise;

    private static StoredEffect Of(StoredSignal signal, SignalState state, IReadOnlyList<StoredEffect> effects)
    {
        var id = IdOf(signal.Id, signal.Version);
        var atMs = Math.Max(state.KnownUntilMs, signal.DecidedAtMs);
        return Effects.Raised(signal.Id, new TrackingEvent.Moved(id, atMs, signal.Version - 1, SignalView.Of(state, signal.Version), effects));
    }
}
