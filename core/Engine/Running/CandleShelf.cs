using System.Runtime.InteropServices;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>
/// The newest closed candles of every series, for charts and for the page's list, and those that the store does not have yet.
/// </summary>
/// <param name="minutesFromMs">
/// Minutes and five minutes that open earlier are for the charts alone and never reach the store.
/// </param>
/// <param name="depth">How many are kept.</param>
public sealed class CandleShelf(long minutesFromMs, ShelfDepth depth)
{
    private readonly Dictionary<SeriesInfo, Ring<Candle>> _rings = [];
    private readonly Dictionary<SeriesInfo, List<Candle>> _unsaved = [];
    private readonly Dictionary<Symbol, HourCloses> _closes = [];
    private readonly ChartShelf? _charts = depth.Chart > 0 ? new(depth.Chart, depth.Charts) : null;

    /// <summary>False where nobody asks for <see cref="Unsaved"/>: then nothing is collected for it.</summary>
    public bool IsSaved { get; init; } = true;

    /// <summary>Candles of a chart, at most.</summary>
    public int ChartCandles => depth.Chart > 0 ? depth.Chart : Math.Max(depth.Candles, depth.Hours);

    /// <summary>Charts that are kept beside the candles of every series.</summary>
    public int ChartCount => _charts?.Count ?? 0;

    public void Add(in FeedCandle closed)
    {
        Keep(closed.Series, closed.Candle);
        _charts?.Add(closed.Series, closed.Candle);
        if (!IsSaved || (closed.Series.Frame < TimeFrame.M15 && closed.Candle.OpenTimeMs < minutesFromMs)) return;
        ref var unsaved = ref CollectionsMarshal.GetValueRefOrAddDefault(_unsaved, closed.Series, out _);
        (unsaved ??= []).Add(closed.Candle);
    }

    /// <summary>Puts stored candles back, oldest first.</summary>
    public void Restore(SeriesInfo series, IReadOnlyList<Candle> candles)
    {
        foreach (var candle in candles) Keep(series, candle);
    }

    /// <summary>The newest candles of a chart, oldest first; null: it has to be put here first (<see cref="PutChart"/>).</summary>
    public Candle[]? Chart(SeriesInfo series, int limit) =>
        _charts is null ? Newest(series, limit) : _charts.TryNewest(series, limit, out var newest) ? newest : null;

    /// <summary>Puts a chart here that is not, and what has closed since the store was read; its newest candles, oldest first.</summary>
    /// <param name="series">Which one.</param>
    /// <param name="stored">What the store has, oldest first.</param>
    /// <param name="limit">At most so many are returned.</param>
    public Candle[] PutChart(SeriesInfo series, IReadOnlyList<Candle> stored, int limit)
    {
        if (_charts is null) return Newest(series, limit);
        _charts.Put(series, stored.Concat(Newest(series, KeepOf(series.Frame))));
        return _charts.TryNewest(series, limit, out var newest) ? newest : [];
    }

    /// <summary>Closes of the newest hours of a symbol, oldest first.</summary>
    public HourClose[] Closes(Symbol symbol, int hours)
    {
        if (depth.HourCloses > 0) return _closes.TryGetValue(symbol, out var closes) ? closes.Newest(hours) : [];
        return Array.ConvertAll(Newest(new(symbol, TimeFrame.H1), hours), hour => new HourClose(hour.OpenTimeMs, hour.Close));
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

    /// <summary>Candles that are put back from the store of each series of a frame.</summary>
    public int RestoreOf(TimeFrame frame) => frame == TimeFrame.H1 ? Math.Max(KeepOf(frame), depth.HourCloses) : KeepOf(frame);

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

    private void Keep(SeriesInfo series, in Candle closed)
    {
        ref var ring = ref CollectionsMarshal.GetValueRefOrAddDefault(_rings, series, out _);
        (ring ??= new(KeepOf(series.Frame))).Add(closed);
        if (series.Frame != TimeFrame.H1 || depth.HourCloses == 0) return;
        ref var closes = ref CollectionsMarshal.GetValueRefOrAddDefault(_closes, series.Symbol, out _);
        (closes ??= new(depth.HourCloses)).Add(closed);
    }
}
