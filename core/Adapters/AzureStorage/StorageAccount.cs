using FuturesBot.Adapters.AzureStorage.Blobs;
using FuturesBot.Adapters.AzureStorage.Queues;
using FuturesBot.Adapters.AzureStorage.Tables;

namespace FuturesBot.Adapters.AzureStorage;

/// <summary>
/// One storage account: tables, blobs and queues by their REST interface on Azure.Core's pipeline. Only what the system needs
/// is here; every call is safe to repeat or says how it is not.
/// </summary>
public sealed class StorageAccount
{
    private readonly StoragePipe _blobs;
    private readonly StoragePipe _queues;
    private readonly StoragePipe _tables;

    /// <param name="endpoints">Where it is.</param>
    /// <param name="credential">By what right.</param>
    /// <param name="options">Retries and transport; defaults when null.</param>
    /// <param name="time">Dates of signed requests; the system's when null.</param>
    /// <param name="makesMissing">
    /// Tables, containers and queues are made by whoever opens them. False where templates have made them and the process lives for
    /// seconds: asking for each would be most of what it asks. One that is missing all the same shows itself with its first use.
    /// </param>
    public StorageAccount(
        StorageEndpoints endpoints, StorageCredential credential, StorageClientOptions? options = null, TimeProvider? time = null, bool makesMissing = true)
    {
        options ??= new();
        time ??= TimeProvider.System;
        Endpoints = endpoints;
        _blobs = new(StorageService.Blobs, endpoints.Blobs, endpoints.Account, credential, options, time, Operations, makesMissing);
        _queues = new(StorageService.Queues, endpoints.Queues, endpoints.Account, credential, options, time, Operations, makesMissing);
        _tables = new(StorageService.Tables, endpoints.Tables, endpoints.Account, credential, options, time, Operations, makesMissing);
    }

    public StorageEndpoints Endpoints { get; }

    /// <summary>What was asked of it so far.</summary>
    public StorageOperationCounts Operations { get; } = new();

    /// <param name="name">Letters and digits, 3 to 63, beginning with a letter.</param>
    public TableClient Table(string name) => new(_tables, name);

    /// <param name="name">Small letters, digits and single hyphens, 3 to 63.</param>
    public BlobContainer Container(string name) => new(_blobs, name);

    /// <inheritdoc cref="Container(string)"/>
    internal BlobContainer Container(string name, int blockBytes) => new(_blobs, name, blockBytes);

    /// <param name="name">Small letters, digits and single hyphens, 3 to 63.</param>
    public QueueClient Queue(string name) => new(_queues, name);
}
