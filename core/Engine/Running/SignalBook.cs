using System.Text.Json;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>The signals of a run, live and ended, and which of them the store does not have as they are.</summary>
public sealed class SignalBook
{
    /// <summary>Ended signals kept in memory; the store has them all.</summary>
    public const int EndedMax = 5_000;

    private readonly SortedDictionary<string, SignalId> _live = new(StringComparer.Ordinal);
    private readonly LinkedList<SignalId> _ended = [];
    private readonly Dictionary<SignalId, SignalRecord> _byId = [];
    private readonly Dictionary<SignalId, long> _versions = [];
    private readonly HashSet<SignalId> _changed = [];

    public IEnumerable<SignalRecord> Live => _live.Values.Select(id => _byId[id]);

    /// <summary>The last ended first.</summary>
    public IEnumerable<SignalRecord> Ended => _ended.Select(id => _byId[id]);

    public int EndedCount => _ended.Count;

    public SignalRecord? Find(string id) => _byId.GetValueOrDefault(new SignalId(id));

    /// <summary>Takes a signal's next step in.</summary>
    /// <param name="happened">The step.</param>
    /// <param name="now">The state after it, and after those that came of the same input.</param>
    /// <param name="begin">Makes the record of a signal that is not known.</param>
    public SignalRecord Moved(SignalEvent happened, SignalState now, Func<SignalState, SignalRecord> begin)
    {
        var id = now.Plan.Id;
        var before = _byId.TryGetValue(id, out var known) ? known : begin(now);
        var record = before with { State = now, Events = [.. before.Events, happened] };
        _changed.Add(id);
        Put(id, record);
        return record;
    }

    /// <summary>The signals as they are to be stored; their versions follow the stored ones.</summary>
    public IReadOnlyList<StoredSignal> Unsaved() =>
        [.. _changed.Select(id => _byId[id]).OrderBy(record => record.State.Plan.DecidedAtMs)
            .ThenBy(record => record.State.Plan.Id.Value, StringComparer.Ordinal)
            .Select(ToStored)];

    public void Saved()
    {
        foreach (var id in _changed) _versions[id] = _versions.GetValueOrDefault(id) + 1;
        foreach (var id in _changed.Where(id => !_live.ContainsKey(id.Value))) _versions.Remove(id);
        _changed.Clear();
    }

    /// <summary>Puts stored signals back; of ended ones the first ended first.</summary>
    public void Restore(IEnumerable<StoredSignal> signals)
    {
        foreach (var stored in signals)
        {
            var record = JsonSerializer.Deserialize<SignalRecord>(stored.StateJson, SignalJson.Options)
                ?? throw new JsonException($"Signal {stored.Id} was null");
            if (stored.IsOpen) _versions[record.State.Plan.Id] = stored.Version;
            Put(record.State.Plan.Id, record);
        }
    }

    private StoredSignal ToStored(SignalRecord record)
    {
        var plan = record.State.Plan;
        return new(
            plan.Id.Value, plan.Symbol, plan.Strategy, _versions.GetValueOrDefault(plan.Id) + 1,
            JsonSerializer.Serialize(record, SignalJson.Options), plan.DecidedAtMs, record.EndedAtMs);
    }

    private void Put(SignalId id, SignalRecord record)
    {
        var wasThere = _byId.ContainsKey(id);
        var wasLive = _live.Remove(id.Value);
        _byId[id] = record;
        if (!record.State.IsFinal)
        {
            _live[id.Value] = id;
            return;
        }

        if (wasThere && !wasLive) return;   // ended already: the input that ended it caused several steps
        _ended.AddFirst(id);
        if (_ended.Count <= EndedMax) return;
        _byId.Remove(_ended.Last!.Value);
        _ended.RemoveLast();
    }
}
