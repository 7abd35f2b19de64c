using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ports;

/// <summary>Closed candles of one series.</summary>
public sealed record CandleBatch(SeriesInfo Series, ReadOnlyMemory<Candle> Candles);
