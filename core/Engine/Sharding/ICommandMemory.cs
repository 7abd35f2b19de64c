namespace FuturesBot.Engine.Sharding;

/// <summary>Which commands were carried out, beyond the life of a process.</summary>
public interface ICommandMemory
{
    /// <summary>The newest so many, the oldest of them first; what is older may be deleted.</summary>
    Task<IReadOnlyList<string>> LoadAsync(int newest, CancellationToken cancel = default);

    /// <summary>Adds one; the same again changes nothing that matters.</summary>
    Task AddAsync(string id, CancellationToken cancel = default);
}
