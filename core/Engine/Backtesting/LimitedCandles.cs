using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Backtesting;

/// <summary>A source, narrowed to a range of time, so that what else a machine has at hand changes nothing, not even a count.</summary>
/// <param name="source">The candles.</param>
/// <param name="afterMs">Candles that close at or before this moment are left out.</param>
/// <param name="untilMs">Candles that close after this moment are left out.</param>
internal sealed class LimitedCandles(ICandleSource source, long afterMs, long untilMs) : ICandleSource
{
    public IReadOnlyList<SeriesInfo> Series => source.Series;

    public ICandleReader Open(SeriesInfo series) => new Reader(source.Open(series), series.Frame, afterMs, untilMs);

    public FoundRules? RulesOf(Symbol symbol) => source.RulesOf(symbol);

    private sealed class Reader(ICandleReader inner, TimeFrame frame, long afterMs, long untilMs) : ICandleReader
    {
        private long _rows;
        private bool _isOver;

        public ReadCounts Counts => new(_rows, 0, 0, 0);

        public bool TryRead(out Candle candle)
        {
            while (!_isOver && inner.TryRead(out candle))
            {
                var closeMs = candle.CloseTimeMs(frame);
                if (closeMs <= afterMs) continue;
                if (closeMs > untilMs) break;
                _rows++;
                return true;
            }

            _isOver = true;
            candle = default;
            return false;
        }

        public void Dispose() => inner.Dispose();
    }
}
