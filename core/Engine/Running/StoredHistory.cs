using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>Stored candles as a source: what a live run starts from, read in pages so that memory stays bounded.</summary>
/// <param name="store">Where they are.</param>
/// <param name="series">Which of them, by symbol, then frame.</param>
/// <param name="afterMs">Candles of a series that close at or before this moment are left out.</param>
/// <param name="untilMs">Candles that close after this moment are left out.</param>
public sealed class StoredHistory(
    ICandleStore store, IReadOnlyList<SeriesInfo> series, Func<SeriesInfo, long> afterMs, long untilMs) : ICandleSource
{
    private const int PageBars = 2_000;

    /// <inheritdoc cref="StoredHistory(ICandleStore, IReadOnlyList{SeriesInfo}, Func{SeriesInfo, long}, long)"/>
    public StoredHistory(ICandleStore store, IReadOnlyList<SeriesInfo> series, long afterMs, long untilMs)
        : this(store, series, _ => afterMs, untilMs)
    {
    }

    public IReadOnlyList<SeriesInfo> Series { get; } =
        [.. series.OrderBy(info => info.Symbol).ThenBy(info => info.Frame)];

    public ICandleReader Open(SeriesInfo series) => new Reader(store, series, afterMs(series), untilMs);

    /// <summary>A store holds candles alone.</summary>
    public FoundRules? RulesOf(Symbol symbol) => null;

    private sealed class Reader(ICandleStore store, SeriesInfo series, long afterMs, long untilMs) : ICandleReader
    {
        private IReadOnlyList<Candle> _page = [];
        private int _place;
        private long _rows;
        private long _nextOpenMs = Math.Max(0, afterMs - series.Frame.Ms() + 1);

        public ReadCounts Counts => new(_rows, 0, 0, 0);

        public bool TryRead(out Candle candle)
        {
            candle = default;
            while (_place == _page.Count)
            {
                var endMs = untilMs - series.Frame.Ms() + 1;   // the open of the last one that may close by then, and one
                if (_nextOpenMs >= endMs) return false;
                var toMs = Math.Min(endMs, _nextOpenMs + (PageBars * series.Frame.Ms()));
                _page = store.ReadAsync(series, _nextOpenMs, toMs).GetAwaiter().GetResult();
                _place = 0;
                _nextOpenMs = _page.Count == 0 && toMs < endMs ? FirstFrom(toMs, endMs) : toMs;
            }

            candle = _page[_place++];
            _rows++;
            return true;
        }

        public void Dispose()
        {
            // Nothing is held open.
        }

        // A hole of any length is crossed in steps that double.
        private long FirstFrom(long fromMs, long endMs)
        {
            for (long span = PageBars; fromMs < endMs; span *= 2)
            {
                var toMs = Math.Min(endMs, fromMs + (span * series.Frame.Ms()));
                if (store.ReadAsync(series, fromMs, toMs, newest: 1).GetAwaiter().GetResult().Count > 0) return fromMs;
                fromMs = toMs;
            }

            return endMs;
        }
    }
}
