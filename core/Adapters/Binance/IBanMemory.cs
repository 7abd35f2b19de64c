namespace FuturesBot.Adapters.Binance;

/// <summary>
/// Remembers a ban over restarts: a process that calls again while banned makes the ban longer. And what was used of the limits
/// that the exchange counts over 5 minutes and does not tell.
/// </summary>
public interface IBanMemory
{
    /// <summary>End of the last known ban, wall time, UTC, Unix milliseconds; 0 when there was none.</summary>
    Task<long> LoadAsync(CancellationToken cancel = default);

    Task SaveAsync(long bannedUntilMs, CancellationToken cancel = default);

    /// <summary>
    /// What an earlier run had used when it came to an orderly end, and forgets it: of a run that breaks off nothing is known.
    /// Null when nothing is.
    /// </summary>
    Task<IReadOnlyList<UsedStep>?> TakeUsedAsync(CancellationToken cancel = default) => Task.FromResult<IReadOnlyList<UsedStep>?>(null);

    /// <summary>Keeps it for the next run.</summary>
    void KeepUsed(IReadOnlyList<UsedStep> steps)
    {
    }
}
