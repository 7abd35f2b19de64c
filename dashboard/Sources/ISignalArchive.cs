namespace FuturesBot.Dashboard;

/// <summary>What did not become a signal, and what was known while one lived.</summary>
public interface ISignalArchive
{
    /// <summary>From which market time on near misses are known; refusals may be older.</summary>
    long NearMissesSinceMs { get; }

    /// <summary>The newest refusals and near misses, newest first; a bounded number of each.</summary>
    IReadOnlyList<WhyNotView> WhyNot();

    /// <param name="signalId">Which signal.</param>
    /// <param name="before">Candles before the deciding one.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Null when no signal has this id.</returns>
    Task<ReplayView?> ReplayAsync(string signalId, int before, CancellationToken cancel);
}
