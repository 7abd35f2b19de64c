namespace FuturesBot.Engine.Sharding;

/// <summary>Keeps what is watched, so that a new holder of the market watches on.</summary>
public interface IWatchStore
{
    Task<IReadOnlyList<WatchedSignal>> LoadAsync(CancellationToken cancel = default);

    /// <summary>Keeps one; in the place of what was kept for its signal.</summary>
    Task SaveAsync(WatchedSignal watched, CancellationToken cancel = default);

    /// <summary>Forgets what was kept for a signal; nothing there is fine.</summary>
    Task RemoveAsync(string signalId, CancellationToken cancel = default);
}
