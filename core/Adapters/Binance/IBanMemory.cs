namespace FuturesBot.Adapters.Binance;

/// <summary>Remembers a ban over restarts: a process that calls again while banned makes the ban longer.</summary>
public interface IBanMemory
{
    /// <summary>End of the last known ban, wall time, UTC, Unix milliseconds; 0 when there was none.</summary>
    Task<long> LoadAsync(CancellationToken cancel = default);

    Task SaveAsync(long bannedUntilMs, CancellationToken cancel = default);
}
