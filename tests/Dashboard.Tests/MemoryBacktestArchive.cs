using System.Text;
using System.Text.Json;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Dashboard.Tests;

/// <summary>A shelf in memory, filled as the functions fill theirs.</summary>
internal sealed class MemoryBacktestArchive : IBacktestArchive
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ShelvedBacktest> _shelved = new(StringComparer.Ordinal);

    /// <summary>How often something was read.</summary>
    public int Reads { get; private set; }

    public void Put(ShelvedBacktest one, BacktestPlan? plan = null, string? summary = null, params string[] trades)
    {
        _shelved[one.Id] = one;
        if (plan is not null) _files[ShelfFiles.Of(one.Id, ShelfFiles.Plan)] = JsonSerializer.SerializeToUtf8Bytes(plan, SignalJson.Options);
        if (summary is not null) _files[ShelfFiles.Of(one.Id, ShelfFiles.Summary)] = Encoding.UTF8.GetBytes(summary);
        _files[ShelfFiles.Of(one.Id, ShelfFiles.Trades)] = Encoding.UTF8.GetBytes(string.Concat(trades.Select(line => line + "\n")));
    }

    public Task<IReadOnlyList<ShelvedBacktest>> ListAsync(int limit, CancellationToken cancel = default)
    {
        Reads++;
        return Task.FromResult<IReadOnlyList<ShelvedBacktest>>([.. _shelved.Values.OrderByDescending(one => one.ChangedMs).Take(limit)]);
    }

    public Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancel = default)
    {
        Reads++;
        return Task.FromResult<ReadOnlyMemory<byte>?>(_files.TryGetValue(name, out var bytes) ? bytes : null);
    }
}
