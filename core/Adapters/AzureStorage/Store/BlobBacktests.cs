using FuturesBot.Adapters.AzureStorage.Blobs;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.AzureStorage.Store;

/// <summary>Results of backtests as blobs.</summary>
/// <param name="container">Theirs alone.</param>
public sealed class BlobBacktests(BlobContainer container) : IBacktestShelf
{
    /// <summary>Makes the container; one that is there is fine.</summary>
    public Task CreateAsync(CancellationToken cancel = default) => container.CreateAsync(cancel);

    public async Task WriteAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default) =>
        await container.PutAsync(name, bytes, cancel: cancel);

    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancel = default) =>
        (await container.GetAsync(name, cancel: cancel))?.Bytes;
}
