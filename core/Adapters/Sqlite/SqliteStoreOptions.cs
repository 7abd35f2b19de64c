namespace FuturesBot.Adapters.Sqlite;

/// <summary>How a store is kept.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>
    /// True waits for the disk with every commit, so that even a power failure takes none back. False is
    /// safe against the death of the process, and many times faster; the file is whole either way.
    /// </summary>
    public bool SurvivesPowerFailure { get; init; }

    /// <summary>
    /// True lets no second process open the store in the same way: a system that runs twice on one state
    /// would decide everything twice. The lock ends with the process, however it dies.
    /// </summary>
    public bool IsExclusive { get; init; }

    /// <summary>How long a statement waits for another process's lock.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(5);
}
