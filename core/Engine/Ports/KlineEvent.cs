using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ports;

/// <summary>A candle as a stream tells it.</summary>
/// <param name="Series">Which.</param>
/// <param name="Candle">Its values; final only when <paramref name="IsClosed"/>.</param>
/// <param name="IsClosed">The exchange says that it is final.</param>
/// <param name="EventMs">Market time of the message, UTC, Unix milliseconds.</param>
public readonly record struct KlineEvent(SeriesInfo Series, Candle Candle, bool IsClosed, long EventMs);
