using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.TestKit;

/// <summary>Candles in memory as a source.</summary>
public sealed class MemoryCandles(params (SeriesInfo Info, Candle[] Bars)[] all) : ICandleSource
{
    public IReadOnlyList<SeriesInfo> Series { get; } = [.. all.Select(series => series.Info)];

    public ICandleReader Open(SeriesInfo series) => new Reader(all.Single(entry => entry.Info == series).Bars);

    public FoundRules? RulesOf(Symbol symbol) => new(SymbolRules.FromTick(0.01m), RulesOrigin.Prices);

    private sealed class Reader(Candle[] bars) : ICandleReader
    {
        private int _next;

        public ReadCounts Counts => new(_next, 0, 0, 0);

        public bool TryRead(out Candle candle)
        {
            candle = _next < bars.Length ? bars[_next] : default;
            return _next < bars.Length && _next++ >= 0;
        }

        public void Dispose()
        {
        }
    }
}
