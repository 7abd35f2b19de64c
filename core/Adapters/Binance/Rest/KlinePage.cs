using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Candles of one answer.</summary>
/// <param name="Closed">Those that had closed by the exchange's own time before the request left, oldest first.</param>
/// <param name="Running">Open time of the first one that had not; null when all had.</param>
public sealed record KlinePage(IReadOnlyList<Candle> Closed, long? Running);
