using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.TestKit;

/// <summary>Candles in memory; keeps the same contract as the real stores, which a test holds it to.</summary>
public sealed class MemoryCandleStore : ICandleStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SeriesInfo, SortedDictionary<long, Candle>> _series = [];

    private readonly List<(SeriesInfo Series, long Added)> _appends = [];

    /// <summary>Appends so far that changed something, in order; a copy, since others may be appending.</summary>
    public IReadOnlyList<(SeriesInfo Series, long Added)> Appends
    {
        get
        {
            lock (_gate) return [.. _appends];
        }
    }

    public Task<AppendCounts> AppendAsync(SeriesInfo series, ReadOnlyMemory<Candle> candles, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_series.TryGetValue(series, out var stored)) stored = [];
            long added = 0, same = 0, conflicts = 0;
            foreach (ref readonly var candle in candles.Span)
            {
                if (stored.TryAdd(candle.OpenTimeMs, candle)) added++;
                else if (stored[candle.OpenTimeMs].Equals(candle)) same++;
                else conflicts++;
            }

            if (stored.Count > 0) _series[series] = stored;
            if (added > 0) _appends.Add((series, added));
            return Task.FromResult(new AppendCounts(added, same, conflicts));
        }
    }

    public Task<RepairCounts> ReplaceAsync(
        SeriesInfo series, long fromMs, long toMs, ReadOnlyMemory<Candle> candles, CancellationToken cancel = default)
    {
        var now = candles.ToArray();
        if (now.Any(candle => candle.OpenTimeMs < fromMs || candle.OpenTimeMs >= toMs)
            || now.DistinctBy(candle => candle.OpenTimeMs).Count() < now.Length)
            throw new ArgumentException("A candle opens outside of the range, or two at the same time", nameof(candles));
        lock (_gate)
        {
            if (!_series.TryGetValue(series, out var stored)) _series[series] = stored = [];
            var before = stored.Where(entry => entry.Key >= fromMs && entry.Key < toMs).ToDictionary();
            foreach (var time in before.Keys) stored.Remove(time);
            foreach (var candle in now) stored[candle.OpenTimeMs] = candle;
            if (stored.Count == 0) _series.Remove(series);
            var kept = now.Where(candle => before.ContainsKey(candle.OpenTimeMs)).ToArray();
            var same = kept.Count(candle => before[candle.OpenTimeMs].Equals(candle));
            return Task.FromResult(new RepairCounts(now.Length - kept.Length, same, kept.Length - same, before.Count - kept.Length));
        }
    }

    public Task<IReadOnlyList<Candle>> ReadAsync(
        SeriesInfo series, long fromMs, long toMs, int newest = int.MaxValue, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<Candle>>(
                _series.TryGetValue(series, out var stored)
                    ? [.. stored.Values.Where(candle => candle.OpenTimeMs >= fromMs && candle.OpenTimeMs < toMs).TakeLast(newest)]
                    : []);
        }
    }

    public async Task<Candle?> LastAsync(SeriesInfo series, CancellationToken cancel = default)
    {
        var last = await ReadAsync(series, long.MinValue, long.MaxValue, 1, cancel);
        return last.Count > 0 ? last[0] : null;
    }

    public Task<IReadOnlyList<SeriesInfo>> SeriesAsync(CancellationToken cancel = default)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<SeriesInfo>>([.. _series.Keys.OrderBy(series => series.Symbol).ThenBy(series => series.Frame)]);
    }
}
