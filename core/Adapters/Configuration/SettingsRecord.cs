namespace FuturesBot.Adapters.Configuration;

/// <summary>The file of the page's settings, as it is stored.</summary>
internal sealed record SettingsRecord
{
    public long Revision { get; init; }

    /// <summary>Revisions that changed a threshold, since the state began. Never goes down.</summary>
    public long Trials { get; init; }

    public SortedDictionary<string, string> Values { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Oldest first.</summary>
    public List<SettingsRevision> History { get; init; } = [];
}
