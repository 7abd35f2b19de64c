namespace FuturesBot.Engine.Ports;

/// <summary>Candles as the exchange sends them, of a set of series that may change.</summary>
public interface IKlineStream : IAsyncDisposable
{
    /// <summary>
    /// Follows these series from now on, and no others. Returns when every new one is subscribed; data may begin later,
    /// and are missing while a connection is being rebuilt: whoever needs each candle looks for what did not come.
    /// </summary>
    Task FollowAsync(IReadOnlyCollection<SeriesInfo> series, CancellationToken cancel = default);

    /// <summary>
    /// Called for each event, one after the other, on the stream's own thread; must return at once. The same closed
    /// candle may come twice.
    /// </summary>
    Action<KlineEvent>? Received { get; set; }
}
