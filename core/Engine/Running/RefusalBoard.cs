namespace FuturesBot.Engine.Running;

/// <summary>Refusals by reason, counted since the first decision, each with its newest examples.</summary>
public sealed class RefusalBoard
{
    /// <summary>Examples kept for each reason.</summary>
    public const int Examples = 6;

    /// <summary>Rows kept beside them, of all reasons together; older ones are forgotten.</summary>
    public const int Keep = 2_000;

    private readonly Queue<RefusalNote> _newest = new();
    private readonly SortedDictionary<string, Entry> _reasons = new(StringComparer.Ordinal);

    /// <summary>Something was added since the last <see cref="Saved"/>.</summary>
    public bool HasNews { get; private set; }

    public IReadOnlyCollection<Entry> Reasons => _reasons.Values;

    /// <summary>Newest first.</summary>
    public IEnumerable<RefusalNote> Newest => _newest.Reverse();

    public void Add(RefusalNote note)
    {
        _reasons[note.Reason] = _reasons.TryGetValue(note.Reason, out var entry)
            ? new(note.Reason, entry.Count + 1, [note, .. entry.Last.Take(Examples - 1)])
            : new(note.Reason, 1, [note]);
        HasNews = true;
        Remember(note);
    }

    public void Saved() => HasNews = false;

    public void Restore(IEnumerable<Entry> entries)
    {
        _reasons.Clear();
        foreach (var entry in entries) _reasons[entry.Reason] = entry;
    }

    /// <summary>Puts stored rows back, newest first.</summary>
    public void RestoreRows(IEnumerable<RefusalNote> rows)
    {
        _newest.Clear();
        foreach (var row in rows.Take(Keep).Reverse()) _newest.Enqueue(row);
    }

    private void Remember(RefusalNote note)
    {
        _newest.Enqueue(note);
        if (_newest.Count > Keep) _newest.Dequeue();
    }

    /// <param name="Last">Newest first.</param>
    public sealed record Entry(string Reason, int Count, IReadOnlyList<RefusalNote> Last);
}
