namespace FuturesBot.Engine.Tracking;

/// <summary>Keeps orchestrations where nobody else does: a host without durable tasks.</summary>
public interface ITrackingStore
{
    /// <summary>All that are not over.</summary>
    Task<IReadOnlyList<TrackedSignal>> LoadOpenAsync(CancellationToken cancel = default);

    /// <summary>One, over or not; null when it was never kept.</summary>
    Task<TrackedSignal?> FindAsync(string signalId, CancellationToken cancel = default);

    Task SaveAsync(TrackedSignal state, CancellationToken cancel = default);

    /// <summary>Deletes those that were over before a moment, wall time in Unix milliseconds; how many.</summary>
    Task<int> ForgetAsync(long overBeforeMs, CancellationToken cancel = default);
}
