using System.Collections.Concurrent;

namespace FuturesBot.Adapters.AzureStorage;

/// <summary>
/// How many requests of each kind have left for one account, repeats included, since its client was made: what is billed. Safe from any
/// thread.
/// </summary>
public sealed class StorageOperationCounts
{
    private readonly ConcurrentDictionary<(StorageService Service, string Operation), long> _counts = new();

    /// <summary>By service and operation, as <see cref="StorageOperation"/> names them.</summary>
    public IReadOnlyDictionary<(StorageService Service, string Operation), long> Read() =>
        new Dictionary<(StorageService Service, string Operation), long>(_counts);

    /// <summary>All of a service.</summary>
    public long Of(StorageService service) => _counts.Where(one => one.Key.Service == service).Sum(one => one.Value);

    internal void Add(StorageService service, string operation) => _counts.AddOrUpdate((service, operation), 1, static (_, count) => count + 1);
}
