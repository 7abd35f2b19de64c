using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Backtesting;

/// <summary>
/// Many series as one stream, a batch per closing time. Inside a batch the order is that of spec 2.17:
/// BTC's candles first, then the others; on both sides a higher frame before a lower one, then symbols
/// by ordinal. The order is static, so a batch is one walk over the series in that order: with most
/// series closing together this costs less per candle than a heap.
/// </summary>
/// <remarks>
/// Frames that are asked for and missing in the source are built from the longest shorter frame that is
/// there. A built candle stands in the same batch, at its own place, as one from a file would.
/// </remarks>
public sealed class ChronologicalMerge : IDisposable
{
    private const long Ended = long.MaxValue;

    private readonly Lane[] _lanes;      // in the order of the batch
    private readonly long[] _closes;     // close time of each lane's waiting candle; built lanes: Ended
    private readonly MergedSeries[] _series;
    private readonly int[] _builtFirst;  // built lanes, each after the lane it is built from
    private MergedCandle[] _batch;
    private long _next;
    private int _count;

    private ChronologicalMerge(Lane[] lanes)
    {
        _lanes = lanes;
        _closes = new long[lanes.Length];
        _series = [.. lanes.Select(lane => lane.Series)];
        _builtFirst = [.. Enumerable.Range(0, lanes.Length).Where(i => lanes[i].Builder is not null)];
        _batch = new MergedCandle[lanes.Length];
        _next = Ended;
        for (var i = 0; i < lanes.Length; i++)
        {
            _closes[i] = lanes[i].Advance();
            _next = Math.Min(_next, _closes[i]);
        }
    }

    /// <summary>The series in the order of every batch.</summary>
    public IReadOnlyList<MergedSeries> Series => _series;

    /// <summary>
    /// The candles of the last batch, in order; valid until the next <see cref="TryReadBatch"/>.
    /// </summary>
    public ReadOnlySpan<MergedCandle> Batch => _batch.AsSpan(0, _count);

    /// <summary>What all readers together have seen so far.</summary>
    public ReadCounts Counts
    {
        get
        {
            var sum = default(ReadCounts);
            foreach (var lane in _lanes)
            {
                if (lane.Reader is not null) sum += lane.Reader.Counts;
            }

            return sum;
        }
    }

    /// <summary>Parents that were not built because a child was missing.</summary>
    public long ParentsRefused => _lanes.Sum(lane => lane.Builder?.Refused ?? 0);

    /// <summary>
    /// Opens every series of the source whose frame is asked for, and plans what must be built.
    /// </summary>
    /// <param name="source">Where the candles are.</param>
    /// <param name="frames">The frames each symbol shall have, where a shorter one or itself is
    /// there.</param>
    public static ChronologicalMerge Open(ICandleSource source, IReadOnlyList<TimeFrame> frames)
    {
        var lanes = new List<Lane>();
        foreach (var symbol in source.Series.GroupBy(series => series.Symbol))
        {
            var there = symbol.Select(series => series.Frame).Order().ToArray();
            foreach (var frame in frames.Distinct())
            {
                var info = new SeriesInfo(symbol.Key, frame);
                if (there.Contains(frame)) lanes.Add(new(new(info, BuiltFrom: null)));
                else if (LongestBelow(there, frame) is { } child) lanes.Add(new(new(info, child)));
            }

            // A frame that others are built from is read even when nobody asked for it.
            foreach (var child in lanes.Where(lane => lane.Series.Info.Symbol == symbol.Key)
                         .Select(lane => lane.Series.BuiltFrom).OfType<TimeFrame>().Distinct().ToArray())
            {
                if (!frames.Contains(child)) lanes.Add(new(new(new(symbol.Key, child), BuiltFrom: null)));
            }
        }

        var ordered = lanes.OrderBy(lane => lane.Series.Info, BatchOrder.Instance).ToArray();
        try
        {
            Connect(source, ordered);
            return new(ordered);
        }
        catch
        {
            foreach (var lane in ordered) lane.Reader?.Dispose();
            throw;
        }
    }

    /// <summary>Reads the candles of the next closing time; false when all series have ended.</summary>
    /// <param name="closeTimeMs">The moment at which all of <see cref="Batch"/> closed.</param>
    public bool TryReadBatch(out long closeTimeMs)
    {
        closeTimeMs = _next;
        _count = 0;
        if (_next == Ended) return false;

        if (_builtFirst.Length > 0) Build(closeTimeMs);
        var next = Ended;
        var closes = _closes;
        for (var i = 0; i < closes.Length; i++)
        {
            if (closes[i] == closeTimeMs)
            {
                _batch[_count++] = new(i, _lanes[i].Waiting);
                closes[i] = _lanes[i].Advance();
                if (closes[i] <= closeTimeMs) ThrowOutOfOrder(i, closes[i], closeTimeMs);
            }

            next = Math.Min(next, closes[i]);
        }

        _next = next;
        return true;
    }

    public void Dispose()
    {
        foreach (var lane in _lanes) lane.Reader?.Dispose();
    }

    private static TimeFrame? LongestBelow(TimeFrame[] there, TimeFrame frame)
    {
        for (var i = there.Length - 1; i >= 0; i--)
        {
            if (there[i] < frame) return there[i];
        }

        return null;
    }

    private static void Connect(ICandleSource source, Lane[] lanes)
    {
        for (var i = 0; i < lanes.Length; i++)
        {
            var series = lanes[i].Series;
            if (series.BuiltFrom is not { } child)
            {
                lanes[i].Reader = source.Open(series.Info);
                continue;
            }

            lanes[i].Child = Array.FindIndex(
                lanes, lane => lane.Series.Info == new SeriesInfo(series.Info.Symbol, child));
            lanes[i].Builder = new Resampler(child, series.Info.Frame);
        }
    }

    /// <summary>Feeds the children that close now to the parents built from them.</summary>
    private void Build(long closeTimeMs)
    {
        foreach (var i in _builtFirst)
        {
            ref var lane = ref _lanes[i];
            if (_closes[lane.Child] != closeTimeMs) continue;
            if (lane.Builder!.TryAdd(_lanes[lane.Child].Waiting, out lane.Waiting)) _closes[i] = closeTimeMs;
        }
    }

    private void ThrowOutOfOrder(int lane, long closed, long at) =>
        throw new InvalidOperationException(
            $"The reader of {_series[lane].Info} gave a candle "
            + $"that closed at {closed} after one that closed at {at}");

    private struct Lane(MergedSeries series)
    {
        public readonly MergedSeries Series = series;
        public ICandleReader? Reader;
        public Resampler? Builder;
        public int Child;
        public Candle Waiting;
        private readonly long _length = series.Info.Frame.Ms();

        /// <summary>Takes the next candle; its close time, or <see cref="Ended"/>.</summary>
        public long Advance() =>
            Reader is not null && Reader.TryRead(out Waiting) ? Waiting.OpenTimeMs + _length : Ended;
    }
}
