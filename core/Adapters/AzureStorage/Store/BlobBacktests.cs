using FuturesBot.Adapters.AzureStorage.Blobs;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.AzureStorage.Store;

/// <summary>Results of backtests as blobs.</summary>
/// <param name="container">Theirs alone.</param>
public sealed class BlobBacktests(BlobContainer container) : IBacktestShelf, IBacktestArchive
{
    // Twenty plans of the largest size. A listing reads names alone; beyond it the last ids by name are not seen.
    private const int ListedMax = 40_000;

    /// <summary>Makes the container; one that is there is fine.</summary>
    public Task CreateAsync(CancellationToken cancel = default) => container.CreateAsync(cancel);

    public async Task WriteAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default) =>
        await container.PutAsync(name, bytes, cancel: cancel);

    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancel = default) =>
        (await container.GetAsync(name, cancel: cancel))?.Bytes;

    public async Task<IReadOnlyList<ShelvedBacktest>> ListAsync(int limit, CancellationToken cancel = default)
    {
        var found = new Dictionary<string, ShelvedBacktest>(StringComparer.Ordinal);
        var merged = new Dictionary<string, long>(StringComparer.Ordinal);
        var listed = 0;
        await foreach (var item in container.ListAsync("", cancel: cancel))
        {
            if (++listed > ListedMax) break;
            var at = item.Name.IndexOf('/', StringComparison.Ordinal);
            if (at <= 0) continue;   // no file of a backtest
            var (id, file) = (item.Name[..at], item.Name[(at + 1)..]);
            var one = found.GetValueOrDefault(id) ?? new(id, 0, IsMerged: false, HasPlan: false, 0, item.ModifiedMs, item.ModifiedMs);
            if (file == ShelfFiles.Summary) merged[id] = item.ModifiedMs;
            found[id] = one with
            {
                Parts = one.Parts + (file.StartsWith(ShelfFiles.Parts, StringComparison.Ordinal) ? 1 : 0),
                HasPlan = one.HasPlan || file == ShelfFiles.Plan,
                Bytes = one.Bytes + item.Length,
                BegunMs = Math.Min(one.BegunMs, item.ModifiedMs),
                ChangedMs = Math.Max(one.ChangedMs, item.ModifiedMs),
            };
        }

        return
        [
            .. found.Values
                // Computed anew, its old results are there until the parts are merged again.
                .Select(one => merged.TryGetValue(one.Id, out var atMs) && atMs >= one.ChangedMs ? one with { IsMerged = true } : one)
                .OrderByDescending(one => one.ChangedMs).ThenBy(one => one.Id, StringComparer.Ordinal).Take(limit),
        ];
    }
}
