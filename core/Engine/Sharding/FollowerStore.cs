using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Sharding;

/// <summary>
/// What the kernel of a shard had committed at one moment, read from its store: a second kernel goes on from it, and what that one
/// commits is let go.
/// </summary>
public sealed class FollowerStore : ISignalStore
{
    /// <summary>How often the state is read before it is given up, because the kernel commits faster than it can be read.</summary>
    public const int ReadsMax = 40;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredSnapshot> _snapshots = new(StringComparer.Ordinal);
    private SnapshotPieces? _kernel;
    private IReadOnlyList<StoredSignal> _open = [];
    private IReadOnlyList<StoredSignal> _closed = [];
    private IReadOnlyList<StoredDecision> _decisions = [];

    private FollowerStore()
    {
    }

    /// <summary>Reads the state as of one commit.</summary>
    /// <param name="source">Where the kernel of the shard commits.</param>
    /// <param name="time">Wall time, for the pause between two tries.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="InvalidDataException">It changed each time while it was read.</exception>
    public static async Task<FollowerStore> ReadAsync(ISignalStore source, TimeProvider time, CancellationToken cancel = default)
    {
        for (var i = 1; ; i++)
        {
            var before = await MarkAsync(source, cancel);
            var store = new FollowerStore();
            // One that is never completed was left by a kernel that died: it is read as it stands, and whoever compares begins anew later.
            if (before is not null || i == ReadsMax) await store.LoadAsync(source, cancel);
            if (before is null && i == ReadsMax) return store;
            if (before is not null && before == await MarkAsync(source, cancel)) return store;
            if (i == ReadsMax) throw new InvalidDataException($"The kernel's state changed during each of {ReadsMax} readings; it could not be read whole");
            await Task.Delay(Pause, time, cancel);
        }
    }

    /// <summary>Forgets what it has read, once a kernel has it. Whoever begins again reads again.</summary>
    public void Forget()
    {
        _values.Clear();
        _snapshots.Clear();
        _kernel = null;
        (_open, _closed, _decisions) = ([], [], []);
    }

    /// <summary>Lets a change go: it is the kernel's of the shard to keep it.</summary>
    public Task<AppendCounts> CommitAsync(StateChange change, CancellationToken cancel = default) => Task.FromResult<AppendCounts>(default);

    public Task<StoredSignal?> FindAsync(string signalId, CancellationToken cancel = default) =>
        Task.FromResult(_open.Concat(_closed).FirstOrDefault(signal => signal.Id == signalId));

    public Task<IReadOnlyList<StoredSignal>> LoadOpenAsync(CancellationToken cancel = default) => Task.FromResult(_open);

    public Task<IReadOnlyList<StoredSignal>> LoadClosedAsync(int limit, int skip = 0, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<StoredSignal>>([.. _closed.Skip(skip).Take(limit)]);

    /// <summary>None: what follows from the kernel's decisions is carried out by the kernel of the shard.</summary>
    public Task<IReadOnlyList<StoredEffect>> LoadPendingEffectsAsync(CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<StoredEffect>>([]);

    /// <inheritdoc cref="LoadPendingEffectsAsync"/>
    public Task<StoredEffect?> FindEffectAsync(string effectId, CancellationToken cancel = default) => Task.FromResult<StoredEffect?>(null);

    public Task<bool> MarkDoneAsync(string effectId, long doneAtMs, CancellationToken cancel = default) => Task.FromResult(false);

    /// <summary>Small ones, as often as they are asked for; the kernel's state is given in pieces.</summary>
    public Task<StoredSnapshot?> LoadSnapshotAsync(string name, CancellationToken cancel = default) =>
        Task.FromResult(_snapshots.GetValueOrDefault(name));

    /// <summary>The kernel's state is handed over: once, and nothing of it stays here.</summary>
    public Task<SnapshotPieces?> LoadPiecesAsync(string name, CancellationToken cancel = default)
    {
        if (name != StoredRun.Kernel) return Task.FromResult<SnapshotPieces?>(_snapshots.TryGetValue(name, out var small) ? new(small.Bytes) : null);
        var given = _kernel;
        _kernel = null;
        return Task.FromResult(given);
    }

    public Task<IReadOnlyList<StoredDecision>> LoadDecisionsAsync(Symbol? symbol, int limit, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<StoredDecision>>([.. _decisions.Where(row => symbol is null || row.Symbol == symbol).Take(limit)]);

    public Task<string?> LoadValueAsync(string name, CancellationToken cancel = default) => Task.FromResult(_values.GetValueOrDefault(name));

    public Task<long> ForgetAsync(Retention retention, long nowMs, CancellationToken cancel = default) => Task.FromResult(0L);

    /// <summary>Null while a commit is under way.</summary>
    private static async Task<string?> MarkAsync(ISignalStore source, CancellationToken cancel)
    {
        if (await source.CommitMarkAsync(cancel) is not { } mark) return null;
        var marks = new List<string> { mark };
        foreach (var name in StoredRun.Marks) marks.Add(await source.LoadValueAsync(name, cancel) ?? "");
        return string.Join('\n', marks);
    }

    private async Task LoadAsync(ISignalStore source, CancellationToken cancel)
    {
        foreach (var name in StoredRun.Snapshots)
        {
            if (name == StoredRun.Kernel) _kernel = await source.LoadPiecesAsync(name, cancel);
            else if (await source.LoadSnapshotAsync(name, cancel) is { } snapshot) _snapshots[name] = snapshot;
        }

        foreach (var name in StoredRun.Values)
        {
            if (await source.LoadValueAsync(name, cancel) is { } value) _values[name] = value;
        }

        _open = await source.LoadOpenAsync(cancel);
        _closed = await source.LoadClosedAsync(SignalBook.EndedMax, cancel: cancel);
        _decisions = await source.LoadDecisionsAsync(symbol: null, RefusalBoard.Keep, cancel);
    }
}
