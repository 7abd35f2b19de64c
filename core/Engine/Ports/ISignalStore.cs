using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ports;

/// <summary>The memory of a running system: signals, waiting effects, snapshots of the kernel.</summary>
public interface ISignalStore
{
    /// <summary>
    /// Writes a change, all or nothing. The same change once more changes nothing: candles, effects and
    /// decisions by their key, a signal by its version and state.
    /// </summary>
    /// <exception cref="StoreConflictException">A signal's version does not follow the stored
    /// one.</exception>
    Task<AppendCounts> CommitAsync(StateChange change, CancellationToken cancel = default);

    Task<StoredSignal?> FindAsync(string signalId, CancellationToken cancel = default);

    /// <summary>Open signals, the earliest decision first.</summary>
    Task<IReadOnlyList<StoredSignal>> LoadOpenAsync(CancellationToken cancel = default);

    /// <summary>Closed signals, the last closed first.</summary>
    /// <param name="limit">At most this many.</param>
    /// <param name="skip">Leaves out so many of the last closed: the page's earlier entries.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<IReadOnlyList<StoredSignal>> LoadClosedAsync(
        int limit, int skip = 0, CancellationToken cancel = default);

    /// <summary>Effects not yet done, in the order they were committed.</summary>
    Task<IReadOnlyList<StoredEffect>> LoadPendingEffectsAsync(CancellationToken cancel = default);

    /// <summary>An effect by its id, done or not; null when it was never committed or is forgotten.</summary>
    Task<StoredEffect?> FindEffectAsync(string effectId, CancellationToken cancel = default);

    /// <summary>
    /// Marks an effect as done; true when it was waiting, false when it was done or unknown.
    /// </summary>
    Task<bool> MarkDoneAsync(string effectId, long doneAtMs, CancellationToken cancel = default);

    Task<StoredSnapshot?> LoadSnapshotAsync(string name, CancellationToken cancel = default);

    /// <summary>The bytes of a snapshot, to be read once: long ones may come in pieces.</summary>
    async Task<SnapshotPieces?> LoadPiecesAsync(string name, CancellationToken cancel = default) =>
        await LoadSnapshotAsync(name, cancel) is { } whole ? new(whole.Bytes) : null;

    /// <summary>Decisions, the newest first.</summary>
    /// <param name="symbol">Only this symbol's; all when null.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<IReadOnlyList<StoredDecision>> LoadDecisionsAsync(
        Symbol? symbol, int limit, CancellationToken cancel = default);

    Task<string?> LoadValueAsync(string name, CancellationToken cancel = default);

    /// <summary>
    /// Something that changes with each commit; null while one is being written row by row, so that what is read now may be of two
    /// commits. Always the same where a commit is one transaction.
    /// </summary>
    Task<string?> CommitMarkAsync(CancellationToken cancel = default) => Task.FromResult<string?>("");

    /// <summary>
    /// Deletes what is older than <paramref name="retention"/> allows; how many entries it deleted.
    /// </summary>
    Task<long> ForgetAsync(Retention retention, long nowMs, CancellationToken cancel = default);
}
