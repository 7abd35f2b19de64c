using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.TestKit;

/// <summary>The memory of a run without a file: what was committed is there, as after a restart. Candles go into a store of their own.</summary>
public sealed class MemorySignalStore(ICandleStore candles) : ISignalStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StoredSignal> _signals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredSnapshot> _snapshots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<StoredEffect> _pending = [];
    private readonly Dictionary<string, StoredEffect> _effects = new(StringComparer.Ordinal);
    private readonly List<StoredDecision> _decisions = [];

    /// <summary>Thrown by the next commits; null: they succeed.</summary>
    public Exception? Fault { get; set; }

    /// <summary>So many readings more find a commit that is being written; a later one the state as it is then.</summary>
    public int UnderWay { get; set; }

    /// <summary>Called when somebody begins to read the whole state.</summary>
    public Action? Read { get; set; }

    public Task<string?> CommitMarkAsync(CancellationToken cancel = default)
    {
        Read?.Invoke();
        return Task.FromResult(UnderWay-- > 0 ? null : "");
    }

    /// <summary>Loses a snapshot, as a store does whose blob was deleted.</summary>
    public void LoseSnapshot(string name)
    {
        lock (_gate) _snapshots.Remove(name);
    }

    public async Task<AppendCounts> CommitAsync(StateChange change, CancellationToken cancel = default)
    {
        if (Fault is { } fault) throw fault;
        foreach (var batch in change.Candles) await candles.AppendAsync(batch.Series, batch.Candles, cancel);
        lock (_gate)
        {
            foreach (var signal in change.Signals)
            {
                if (_signals.TryGetValue(signal.Id, out var known) && signal.Version > known.Version + 1)
                    throw new StoreConflictException($"Signal {signal.Id} was at version {known.Version}, {signal.Version} does not follow");
                _signals[signal.Id] = signal;
            }

            foreach (var effect in change.Effects)
            {
                if (_effects.TryAdd(effect.Id, effect)) _pending.Add(effect);
            }

            foreach (var snapshot in change.Snapshots) _snapshots[snapshot.Name] = snapshot with { Bytes = snapshot.Bytes.ToArray() };
            _decisions.InsertRange(0, change.Decisions.Reverse());
            foreach (var (name, value) in change.Values) _values[name] = value;
            return default;
        }
    }

    public Task<StoredSignal?> FindAsync(string signalId, CancellationToken cancel = default)
    {
        lock (_gate) return Task.FromResult(_signals.GetValueOrDefault(signalId));
    }

    public Task<IReadOnlyList<StoredSignal>> LoadOpenAsync(CancellationToken cancel = default)
    {
        lock (_gate) return List(_signals.Values.Where(signal => signal.IsOpen).OrderBy(signal => signal.DecidedAtMs));
    }

    public Task<IReadOnlyList<StoredSignal>> LoadClosedAsync(int limit, int skip = 0, CancellationToken cancel = default)
    {
        lock (_gate) return List(_signals.Values.Where(signal => !signal.IsOpen).OrderByDescending(signal => signal.ClosedAtMs).Skip(skip).Take(limit));
    }

    public Task<IReadOnlyList<StoredEffect>> LoadPendingEffectsAsync(CancellationToken cancel = default)
    {
        lock (_gate) return List(_pending.ToArray());
    }

    public Task<StoredEffect?> FindEffectAsync(string effectId, CancellationToken cancel = default)
    {
        lock (_gate) return Task.FromResult(_effects.GetValueOrDefault(effectId));
    }

    public Task<bool> MarkDoneAsync(string effectId, long doneAtMs, CancellationToken cancel = default)
    {
        lock (_gate) return Task.FromResult(_pending.RemoveAll(effect => effect.Id == effectId) > 0);
    }

    public Task<StoredSnapshot?> LoadSnapshotAsync(string name, CancellationToken cancel = default)
    {
        lock (_gate) return Task.FromResult(_snapshots.GetValueOrDefault(name));
    }

    public Task<IReadOnlyList<StoredDecision>> LoadDecisionsAsync(Symbol? symbol, int limit, CancellationToken cancel = default)
    {
        lock (_gate) return List(_decisions.Where(decision => symbol is null || decision.Symbol == symbol).Take(limit));
    }

    public Task<string?> LoadValueAsync(string name, CancellationToken cancel = default)
    {
        lock (_gate) return Task.FromResult(_values.GetValueOrDefault(name));
    }

    public Task<long> ForgetAsync(Retention retention, long nowMs, CancellationToken cancel = default) => Task.FromResult(0L);

    private static Task<IReadOnlyList<T>> List<T>(IEnumerable<T> all) => Task.FromResult<IReadOnlyList<T>>([.. all]);
}
