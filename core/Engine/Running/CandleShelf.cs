using System.Runtime.InteropServices;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>The newest closed candles of every series, for charts, and those that the store does not have yet.</summary>
/// <param name="minutesFromMs">
/// Minutes and five minutes that open earlier are for the charts alone and never reach the store.
/// </param>
/// <param name="depth">How many are kept.</param>
public sealed class CandleShelf(long minutesFromMs, ShelfDepth depth)
{
    private readonly Dictionary<SeriesInfo, Ring<Candle>> _rings = [];
    private readonly Dictionary<SeriesInfo, List<Candle>> _unsaved = [];

    public void Add(in FeedCandle closed)
    {
        Keeping(closed.Series).Add(closed.Candle);
        if (closed.Series.Frame < TimeFrame.M15 && closed.Candle.OpenTimeMs < minutesFromMs) return;
        ref var unsaved = ref CollectionsMarshal.GetValueRefOrAddDefault(_unsaved, closed.Series, out _);
        (unsaved ??= []).Add(closed.Candle);
    }

    /// <summary>Puts stored candles back, oldest first.</summary>
    public void Restore(SeriesInfo series, IReadOnlyList<Candle> candles)
    {
        foreach (var candle in candles) Keeping(series).Add(candle);
    }

    /// <summary>The newest candles, oldest first.</summary>
    public Candle[] Newest(SeriesInfo series, int limit)
    {
        if (!_rings.TryGetValue(series, out var ring)) return [];
        var newest = new Candle[Math.Min(limit, Math.Min(ring.Count, KeepOf(series.Frame)))];
        for (var i = 0; i < newest.Length; i++) newest[i] = ring.Ago(newest.Length - 1 - i);
        return newest;
    }

    public Candle? Last(SeriesInfo series) =>
        _rings.TryGetValue(series, out var ring) && ring.Count > 0 ? ring.Ago(0) : null;

    /// <summary>The frames of a symbol that have candles, the shortest first.</summary>
    public IReadOnlyList<TimeFrame> FramesOf(Symbol symbol) =>
        [.. TimeFrames.All.Where(frame => _rings.ContainsKey(new(symbol, frame)))];

    /// <summary>Candles kept of each series of a frame.</summary>
    public int KeepOf(TimeFrame frame) => frame == TimeFrame.H1 ? Math.Max(depth.Candles, depth.Hours) : depth.Candles;

    /// <summary>
    /// The candle in progress of any frame: what has closed since its open, of the longest frames that fit, and the running minute.
    /// </summary>
    public RunningCandle Running(Symbol symbol, TimeFrame frame, RunningCandle minute)
    {
        if (frame == TimeFrame.M1) return minute;
        var sum = minute.SoFar;
        var (open, from) = (frame.OpenOf(sum.OpenTimeMs), sum.OpenTimeMs);
        while (from > open)
        {
            // A minute that is nowhere is passed over.
            if (LongestEndingAt(symbol, from, frame, open) is { } part) (sum, from) = (Join(part, sum), part.OpenTimeMs);
            else from -= TimeFrame.M1.Ms();
        }

        return new(frame, sum with { OpenTimeMs = open });
    }

    /// <summary>What the store does not have yet, in a fixed order.</summary>
    public IReadOnlyList<CandleBatch> Unsaved() =>
        [.. _unsaved
            .Where(entry => entry.Value.Count > 0)
            .OrderBy(entry => entry.Key.Symbol).ThenBy(entry => entry.Key.Frame)
            .Select(entry => new CandleBatch(entry.Key, entry.Value.ToArray()))];

    public void Saved()
    {
        foreach (var candles in _unsaved.Values) candles.Clear();
    }

    /// <summary>The closed candle of the longest frame below one that ends at a moment and does not begin before another; null: none is kept.</summary>
    private Candle? LongestEndingAt(Symbol symbol, long endMs, TimeFrame below, long fromMs)
    {
        for (var i = TimeFrames.All.Count - 1; i >= 0; i--)
        {
            var frame = TimeFrames.All[i];
            if (frame >= below || endMs - frame.Ms() < fromMs || frame.OpenOf(endMs) != endMs) continue;
            if (!_rings.TryGetValue(new(symbol, frame), out var ring)) continue;
            for (var ago = 0; ago < ring.Count && ring.Ago(ago).OpenTimeMs >= endMs - frame.Ms(); ago++)
            {
                if (ring.Ago(ago).OpenTimeMs == endMs - frame.Ms()) return ring.Ago(ago);
            }
        }

        return null;
    }

    private static Candle Join(in Candle first, in Candle next) => new(
        first.OpenTimeMs,
        first.Open,
        Math.Max(first.High, next.High),
        Math.Min(first.Low, next.Low),
        next.Close,
        first.Volume + next.Volume,
        first.QuoteVolume + next.QuoteVolume,
        first.TakerBuyVolume + next.TakerBuyVolume,
        first.Trades < 0 || next.Trades < 0 ? -1 : first.Trades + next.Trades);

    private Ring<Candle> Keeping(SeriesInfo series)
    {
        ref var ring = ref CollectionsMarshal.GetValueRefOrAddDefault(_rings, series, out _);
        return ring ??= new(KeepOf(series.Frame));
    }
}
