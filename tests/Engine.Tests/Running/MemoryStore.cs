using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Tests.Running;

/// <summary>A candle store in memory.</summary>
internal sealed class MemoryStore : ICandleStore
{
    private readonly Dictionary<SeriesInfo, SortedDictionary<long, Candle>> _series = [];

    public Task<AppendCounts> AppendAsync(SeriesInfo series, ReadOnlyMemory<Candle> candles, CancellationToken cancel = default)
    {
        if (!_series.TryGetValue(series, out var stored)) _series[series] = stored = [];
        var counts = default(AppendCounts);
        foreach (var candle in candles.Span)
        {
            counts += stored.TryAdd(candle.OpenTimeMs, candle) ? new(1, 0, 0)
                : stored[candle.OpenTimeMs] == candle ? new(0, 1, 0) : new AppendCounts(0, 0, 1);
        }

        return Task.FromResult(counts);
    }

    public Task<IReadOnlyList<Candle>> ReadAsync(
        SeriesInfo series, long fromMs, long toMs, int newest = int.MaxValue, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<Candle>>(_series.TryGetValue(series, out var stored)
            ? [.. stored.Values.Where(bar => bar.OpenTimeMs >= fromMs && bar.OpenTimeMs < toMs).TakeLast(newest)]
            : []);

    public Task<Candle?> LastAsync(SeriesInfo series, CancellationToken cancel = default) =>
        Task.FromResult<Candle?>(_series.TryGetValue(series, out var stored) ? stored.Values.Last() : null);

    public Task<IReadOnlyList<SeriesInfo>> SeriesAsync(CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<SeriesInfo>>([.. _series.Keys]);
}
