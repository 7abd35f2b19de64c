namespace FuturesBot.Engine.Running;

/// <summary>Refusals by reason, counted since the first decision, each with its newest examples.</summary>
public sealed class RefusalBoard
{
    /// <summary>Examples kept for each reason.</summary>
    public const int Examples = 6;

    private readonly SortedDictionary<string, Entry> _reasons = new(StringComparer.Ordinal);

    /// <summary>Something was added since the last <see cref="Saved"/>.</summary>
    public bool HasNews { get; private set; }

    public IReadOnlyCollection<Entry> Reasons => _reasons.Values;

    public void Add(RefusalNote note)
    {
        _reasons[note.Reason] = _reasons.TryGetValue(note.Reason, out var entry)
            ? new(note.Reason, entry.Count + 1, [note, .. entry.Last.Take(Examples - 1)])
            : new(note.Reason, 1, [note]);
        HasNews = true;
    }

    public void Saved() => HasNews = false;

    public void Restore(IEnumerable<Entry> entries)
    {
        _reasons.Clear();
        foreach (var entry in entries) _reasons[entry.Reason] = entry;
    }

    /// <param name="Last">Newest first.</param>
    public sealed record Entry(string Reason, int Count, IReadOnlyList<RefusalNote> Last);
}
