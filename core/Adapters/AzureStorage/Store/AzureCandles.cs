using System.Globalization;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.AzureStorage.Store;

/// <summary>
/// Closed candles in a table. One writer; the newest bucket of each series that it wrote is kept, so that a new candle costs a write
/// and no read.
/// </summary>
/// <remarks>
/// A write that spans several buckets is not one transaction: candles are facts, a repeat of a write that broke off completes
/// it, and none is ever half written. Another writer is noticed by the version of its row; the bucket is then read anew.
/// </remarks>
internal sealed class AzureCandles(TableClient candles, TableClient series)
{
    // Of 500 symbols in six frames the newest buckets, and some more; 15 KB a symbol.
    private const int KeptMax = 5_000;
    private const int ReadsAtOnce = 16;
    private const int Tries = 5;
    private const int SymbolsPerTransaction = 100;
    private const string SeriesPartition = "series";

    private readonly Dictionary<SeriesInfo, LinkedListNode<CandleBucket>> _kept = [];
    private readonly LinkedList<CandleBucket> _order = [];
    private readonly Dictionary<SeriesInfo, (long FirstMs, long LastMs)> _spans = [];
    private readonly Lock _gate = new();

    /// <summary>Reads which series there are.</summary>
    public async Task OpenAsync(CancellationToken cancel)
    {
        await foreach (var row in series.QueryAsync(TableFilter.Partition(SeriesPartition), cancel: cancel))
        {
            if (!TimeFrames.TryParse(row.Text("frame"), out var frame))
                throw new InvalidDataException($"Series {row.Key} has the time frame '{row.Text("frame")}', which is none");
            lock (_gate) _spans[new(Symbol.Parse(row.Text("symbol")), frame)] = (row.Long("first"), row.Long("last"));
        }
    }

    /// <summary>Reads anew which series there are and how far they reach, and forgets the buckets that were kept.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        lock (_gate)
        {
            _kept.Clear();
            _order.Clear();
        }

        await OpenAsync(cancel);
    }

    public IReadOnlyList<SeriesInfo> Series()
    {
        lock (_gate)
        {
            return [.. _spans.Keys.OrderBy(info => info.Symbol.Name, StringComparer.Ordinal).ThenBy(info => info.Frame.Minutes())];
        }
    }

    /// <summary>Adds candles of many series, a transaction for each hundred symbols of a bucket.</summary>
    public async Task<AppendCounts> AppendAsync(IReadOnlyList<CandleBatch> batches, CancellationToken cancel)
    {
        var wanted = new Dictionary<(SeriesInfo Series, long StartMs), List<Candle>>();
        foreach (var batch in batches)
        {
            foreach (var candle in batch.Candles.ToArray())
            {
                var key = (batch.Series, CandleBuckets.StartOf(batch.Series.Frame, candle.OpenTimeMs));
                if (!wanted.TryGetValue(key, out var list)) wanted[key] = list = [];
                list.Add(candle);
            }
        }

        var counts = default(AppendCounts);
        foreach (var partition in wanted.GroupBy(pair => (pair.Key.Series.Frame, pair.Key.StartMs)).OrderBy(group => group.Key.StartMs))
        {
            foreach (var part in partition.Chunk(SymbolsPerTransaction))
            {
                counts += await ChangeAsync(
                    [.. part.Select(pair => pair.Key)],
                    bucket => wanted[(bucket.Series, bucket.StartMs)].Aggregate(default(AppendCounts), (sum, candle) => sum + bucket.Append(candle)),
                    sum => sum.Added > 0,
                    (a, b) => a + b,
                    cancel);
            }
        }

        return counts;
    }

    public async Task<RepairCounts> ReplaceAsync(
        SeriesInfo info, long fromMs, long toMs, IReadOnlyDictionary<long, Candle> wanted, CancellationToken cancel)
    {
        var starts = wanted.Keys.Select(time => CandleBuckets.StartOf(info.Frame, time)).ToHashSet();
        starts.UnionWith(StartsOf(info, fromMs, toMs));
        var counts = default(RepairCounts);
        foreach (var start in starts.Order())
        {
            var end = start + CandleBuckets.LengthMs(info.Frame);
            var here = wanted.Where(pair => pair.Key >= start && pair.Key < end).OrderBy(pair => pair.Key).ToDictionary();
            counts += await ChangeAsync(
                [(info, start)],
                bucket => bucket.Replace(here, Math.Max(fromMs, start), Math.Min(toMs, end)),
                sum => sum.Added + sum.Replaced + sum.Removed > 0,
                (a, b) => a + b,
                cancel);
        }

        return counts;
    }

    public async Task<IReadOnlyList<Candle>> ReadAsync(SeriesInfo info, long fromMs, long toMs, int newest, CancellationToken cancel)
    {
        var found = new List<Candle>();
        var starts = StartsOf(info, fromMs, toMs);
        // As many as should do, and the newest, which has only begun: whoever wants the last few candles must not read weeks.
        var atOnce = (int)Math.Min(ReadsAtOnce, ((newest - 1L) / CandleBuckets.CandlesOf(info.Frame)) + 2);
        for (var end = starts.Count; end > 0 && found.Count < newest; end -= atOnce)
        {
            var some = starts.GetRange(Math.Max(0, end - atOnce), Math.Min(atOnce, end));
            var buckets = await Task.WhenAll(some.Select(start => LoadAsync(info, start, cancel)));
            found.InsertRange(0, buckets.SelectMany(bucket => bucket.Candles).Where(candle => candle.OpenTimeMs >= fromMs && candle.OpenTimeMs < toMs));
        }

        return found.Count <= newest ? found : found.GetRange(found.Count - newest, newest);
    }

    /// <summary>A bucket at a time, sixteen on the way: a survey of years holds the times alone, never all the candles.</summary>
    public async Task<IReadOnlyList<long>> OpenTimesAsync(SeriesInfo info, long fromMs, long toMs, CancellationToken cancel)
    {
        var times = new List<long>();
        foreach (var some in StartsOf(info, fromMs, toMs).Chunk(ReadsAtOnce))
        {
            foreach (var bucket in await Task.WhenAll(some.Select(start => LoadAsync(info, start, cancel))))
                times.AddRange(bucket.Candles.Select(candle => candle.OpenTimeMs).Where(time => time >= fromMs && time < toMs));
        }

        return times;
    }

    public async Task<Candle?> LastAsync(SeriesInfo info, CancellationToken cancel) =>
        await ReadAsync(info, long.MinValue, long.MaxValue, 1, cancel) is [var last] ? last : null;

    /// <summary>Deletes what opened before; how many candles that were.</summary>
    public async Task<long> ForgetAsync(Func<TimeFrame, long> limitMs, CancellationToken cancel)
    {
        var forgotten = 0L;
        foreach (var info in Series())
        {
            var limit = limitMs(info.Frame);
            foreach (var start in StartsOf(info, long.MinValue, limit))
            {
                var gone = await ChangeAsync(
                    [(info, start)], bucket => (long)bucket.Candles.RemoveAll(candle => candle.OpenTimeMs < limit), removed => removed > 0, (a, b) => a + b, cancel);
                forgotten += gone;
                if (start + CandleBuckets.LengthMs(info.Frame) <= limit) await DropAsync(info, start, cancel);
            }
        }

        return forgotten;
    }

    /// <summary>
    /// Reads buckets of one partition, changes them, and writes those that changed at once; anew when somebody else was faster.
    /// </summary>
    private async Task<T> ChangeAsync<T>(
        IReadOnlyList<(SeriesInfo Series, long StartMs)> keys, Func<CandleBucket, T> change, Func<T, bool> isChanged, Func<T, T, T> add, CancellationToken cancel)
        where T : struct
    {
        for (var attempt = 1; ; attempt++)
        {
            var buckets = new List<CandleBucket>(keys.Count);
            foreach (var some in keys.Chunk(ReadsAtOnce))
                buckets.AddRange((await Task.WhenAll(some.Select(key => LoadAsync(key.Series, key.StartMs, cancel)))).Select(bucket => bucket.Copy()));
            var total = default(T);
            var changed = new List<CandleBucket>();
            foreach (var bucket in buckets)
            {
                var one = change(bucket);
                total = add(total, one);
                if (isChanged(one)) changed.Add(bucket);
            }

            foreach (var bucket in changed) await WidenAsync(bucket, cancel);
            TableAction[] actions = [.. changed.Select(bucket => bucket.ToAction())];
            var outcome = await candles.TransactAsync(actions, cancel);
            if (outcome == TableOutcome.Done)
            {
                for (var i = 0; i < changed.Count; i++)
                {
                    changed[i].ETag = actions[i].Row.ETag;
                    Keep(changed[i]);
                }

                return total;
            }

            foreach (var (info, start) in keys) Drop(info, start);
            if (attempt == Tries)
                throw new StorageException($"Candles of {keys[0].Series} and {keys.Count - 1} more are changed by somebody else again and again ({outcome})", 412, "");
        }
    }

    private async Task<CandleBucket> LoadAsync(SeriesInfo info, long startMs, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (_kept.TryGetValue(info, out var kept) && kept.Value.StartMs == startMs)
            {
                _order.Remove(kept);
                _order.AddFirst(kept);
                return kept.Value;
            }
        }

        var empty = new CandleBucket(info, startMs);
        var row = await candles.GetAsync(empty.Partition, empty.Key, cancel);
        return row is null ? empty : CandleBucket.From(info, startMs, row);
    }

    private void Keep(CandleBucket bucket)
    {
        lock (_gate)
        {
            if (_kept.TryGetValue(bucket.Series, out var kept))
            {
                if (kept.Value.StartMs > bucket.StartMs) return;   // of an older one nothing more is to be expected
                _order.Remove(kept);
            }

            _kept[bucket.Series] = _order.AddFirst(bucket);
            if (_order.Count > KeptMax) Drop(_order.Last!.Value.Series, _order.Last.Value.StartMs);
        }
    }

    private void Drop(SeriesInfo info, long startMs)
    {
        lock (_gate)
        {
            if (!_kept.TryGetValue(info, out var node) || node.Value.StartMs != startMs) return;
            _kept.Remove(info);
            _order.Remove(node);
        }
    }

    private async Task DropAsync(SeriesInfo info, long startMs, CancellationToken cancel)
    {
        Drop(info, startMs);
        await candles.ApplyAsync(TableAction.Delete(CandleBuckets.PartitionOf(info.Frame, startMs), CandleBuckets.KeyOf(info)), cancel);
        (long FirstMs, long LastMs) span;
        lock (_gate) span = _spans[info];
        var first = startMs + CandleBuckets.LengthMs(info.Frame);
        if (first <= span.LastMs)
        {
            await WriteSpanAsync(info, (first, span.LastMs), cancel);
            return;
        }

        lock (_gate) _spans.Remove(info);
        await series.ApplyAsync(TableAction.Delete(SeriesPartition, SpanKey(info)), cancel);
    }

    /// <summary>The span is written before the bucket: a reader may look for one that is not there yet, never miss one that is.</summary>
    private async Task WidenAsync(CandleBucket bucket, CancellationToken cancel)
    {
        (long FirstMs, long LastMs) wide;
        lock (_gate)
        {
            var has = _spans.TryGetValue(bucket.Series, out var span);
            wide = has ? (Math.Min(span.FirstMs, bucket.StartMs), Math.Max(span.LastMs, bucket.StartMs)) : (bucket.StartMs, bucket.StartMs);
            if (has && wide == span) return;
        }

        await WriteSpanAsync(bucket.Series, wide, cancel);
    }

    private async Task WriteSpanAsync(SeriesInfo info, (long FirstMs, long LastMs) span, CancellationToken cancel)
    {
        await series.ApplyAsync(
            TableAction.Upsert(new TableRow(SeriesPartition, SpanKey(info))
                .With("symbol", info.Symbol.Name).With("frame", info.Frame.Code()).With("first", span.FirstMs).With("last", span.LastMs)),
            cancel);
        lock (_gate) _spans[info] = span;
    }

    private static string SpanKey(SeriesInfo info) => string.Create(CultureInfo.InvariantCulture, $"{CandleBuckets.KeyOf(info)}|{info.Frame.Minutes():D5}");

    private List<long> StartsOf(SeriesInfo info, long fromMs, long toMs)
    {
        (long FirstMs, long LastMs) span;
        lock (_gate)
        {
            if (!_spans.TryGetValue(info, out span)) return [];
        }

        var starts = new List<long>();
        var length = CandleBuckets.LengthMs(info.Frame);
        var first = fromMs <= span.FirstMs ? span.FirstMs : CandleBuckets.StartOf(info.Frame, fromMs);
        for (var start = first; start <= span.LastMs && start < toMs; start += length) starts.Add(start);
        return starts;
    }
}
