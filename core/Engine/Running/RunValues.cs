using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>People's values in the store of a run, among those of its kernel: for a process that alone writes to it.</summary>
public sealed class RunValues(ISignalStore store) : IValueStore
{
    public Task<string?> LoadValueAsync(string name, CancellationToken cancel = default) => store.LoadValueAsync(name, cancel);

    public Task SaveValueAsync(string name, string value, CancellationToken cancel = default) => store.CommitAsync(
        new() { Values = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value } }, cancel);
}
