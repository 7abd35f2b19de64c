namespace FuturesBot.Engine.Sharding;

/// <summary>Signs of life of the parts of one system, the newest of each.</summary>
public interface IBeats
{
    Task WriteAsync(Beat beat, CancellationToken cancel = default);

    Task<IReadOnlyList<Beat>> ReadAsync(CancellationToken cancel = default);
}
