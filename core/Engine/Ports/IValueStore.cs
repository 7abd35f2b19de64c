namespace FuturesBot.Engine.Ports;

/// <summary>Small values by name that are not the kernel's: what people have chosen. They outlive the process.</summary>
public interface IValueStore
{
    /// <summary>Null when there is none of that name.</summary>
    Task<string?> LoadValueAsync(string name, CancellationToken cancel = default);

    /// <summary>When it returns, a restart finds it.</summary>
    Task SaveValueAsync(string name, string value, CancellationToken cancel = default);
}
