namespace FuturesBot.Engine.Sharding;

/// <summary>Messages that could not be taken in, kept with the reason until somebody has looked.</summary>
public interface IPoisonShelf
{
    /// <summary>Keeps one; the same id again replaces it. At most 60,000 bytes of the body are kept.</summary>
    Task PutAsync(PoisonMessage message, CancellationToken cancel = default);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<PoisonMessage>> ReadAsync(int limit, CancellationToken cancel = default);

    Task<bool> RemoveAsync(string id, CancellationToken cancel = default);
}
