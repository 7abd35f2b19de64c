namespace FuturesBot.Engine.Running;

/// <summary>The newest entries of "what happened"; older ones are forgotten.</summary>
public sealed class Journal
{
    /// <summary>Entries kept.</summary>
    public const int Keep = 300;

    private readonly LinkedList<JournalEntry> _entries = [];

    /// <summary>Newest first.</summary>
    public IEnumerable<JournalEntry> Entries => _entries;

    /// <summary>Something was added since the last <see cref="Saved"/>.</summary>
    public bool HasNews { get; private set; }

    public void Add(JournalEntry entry)
    {
        _entries.AddFirst(entry);
        if (_entries.Count > Keep) _entries.RemoveLast();
        HasNews = true;
    }

    public void Saved() => HasNews = false;

    /// <summary>Puts stored entries back, newest first.</summary>
    public void Restore(IEnumerable<JournalEntry> entries)
    {
        _entries.Clear();
        foreach (var entry in entries.Take(Keep)) _entries.AddLast(entry);
    }
}
