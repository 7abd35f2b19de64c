using FuturesBot.Domain;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>Folds a symbol's stored candles into its desk, and puts the newest on the shelf for charts.</summary>
/// <remarks>
/// Without a beginning each series is folded from behind its last hole that is too long to bridge. The store keeps what was read before a
/// symbol left; when it comes back, each frame has a whole past again, the longer ones a longer one, and a hole in the short frame would make
/// the symbol forget all of them.
/// </remarks>
/// <param name="store">Where they are.</param>
/// <param name="fromMs">Candles that close at or before this moment are left out; 0 or less: there is no such moment.</param>
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
        var after = new Dictionary<SeriesInfo, long>();
        foreach (var one in series) after[one] = fromMs > 0 ? fromMs : await BeforeFirstAsync(one, cancel);
        using (var merge = ChronologicalMerge.Open(new StoredHistory(store, series, one => after[one], untilMs), Studied))
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

    /// <summary>The moment after which the first candle of a series closes that belongs to the same stretch as the last.</summary>
    private async Task<long> BeforeFirstAsync(SeriesInfo series, CancellationToken cancel)
    {
        var stored = await store.ReadAsync(series, 0, untilMs, cancel: cancel);
        var first = stored.Count - 1;
        var bridgedMs = (SymbolAnalysis.BridgedGapBars + 1) * series.Frame.Ms();
        while (first > 0 && stored[first].OpenTimeMs - stored[first - 1].OpenTimeMs <= bridgedMs) first--;
        return first < 0 ? untilMs : stored[first].CloseTimeMs(series.Frame) - 1;
    }
}
