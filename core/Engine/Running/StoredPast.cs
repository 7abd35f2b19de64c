using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>Folds a symbol's stored candles into its desk, and puts the newest on the shelf for charts.</summary>
/// <param name="store">Where they are.</param>
/// <param name="fromMs">Candles that close at or before this moment are left out.</param>
/// <param name="untilMs">Candles that close after this moment are left out.</param>
internal sealed class StoredPast(ICandleStore store, long fromMs, long untilMs)
{
    private static readonly TimeFrame[] Studied = [.. TimeFrames.All.Where(frame => frame >= TimeFrame.M15)];

    private Dictionary<long, Candle>? _hours;

    public bool HasLeader => _hours is not null;

    /// <summary>Reads BTC's hours, which each symbol's beta is measured against.</summary>
    public async Task ReadLeaderAsync(CancellationToken cancel)
    {
        var hours = await store.ReadAsync(new(Symbol.Btc, TimeFrame.H1), Math.Max(0, fromMs), untilMs, cancel: cancel);
        _hours = hours.ToDictionary(hour => hour.OpenTimeMs);
    }

    public async Task FoldAsync(Pipeline pipeline, Symbol symbol, CandleShelf shelf, Lock gate, CancellationToken cancel)
    {
        var series = Studied.Select(frame => new SeriesInfo(symbol, frame)).ToArray();
        var after = await FirstAsync(series, cancel);
        using (var merge = ChronologicalMerge.Open(new StoredHistory(store, series, after, untilMs), Studied))
        {
            while (merge.TryReadBatch(out _))
            {
                cancel.ThrowIfCancellationRequested();
                lock (gate)
                {
                    var desk = pipeline.IndexOf(symbol);
                    foreach (ref readonly var merged in merge.Batch)
                    {
                        var frame = merge.Series[merged.Series].Info.Frame;
                        var hour = frame == TimeFrame.H1 && _hours is not null ? _hours.GetValueOrDefault(merged.Candle.OpenTimeMs) : default;
                        pipeline.WarmUp(desk, frame, merged.Candle, hour);
                    }
                }
            }
        }

        foreach (var frame in TimeFrames.All)
        {
            var info = new SeriesInfo(symbol, frame);
            var newest = await store.ReadAsync(info, 0, untilMs - frame.Ms() + 1, shelf.RestoreOf(frame), cancel);
            lock (gate) shelf.Restore(info, newest);
        }
    }

    private async Task<long> FirstAsync(SeriesInfo[] series, CancellationToken cancel)
    {
        if (fromMs > 0) return fromMs;
        var first = untilMs;
        foreach (var one in series)
        {
            var stored = await store.ReadAsync(one, 0, untilMs, cancel: cancel);
            if (stored.Count > 0) first = Math.Min(first, stored[0].OpenTimeMs);
        }

        return first;
    }
}
