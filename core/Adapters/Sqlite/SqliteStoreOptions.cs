namespace FuturesBot.Adapters.Sqlite;

/// <summary>How a store is kept.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>
    /// True waits for the disk with every commit, so that even a power failure takes none back. False is
    /// safe against the death of the process, and many times faster; the file is whole either way.
    /// </summary>
    public bool SurvivesPowerFailure { get; init; }

    /// <summary>How long a statement waits for another process's lock.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(5);
}
