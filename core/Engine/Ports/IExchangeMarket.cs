using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ports;

/// <summary>What can be asked of the exchange about its market, within its limits.</summary>
public interface IExchangeMarket
{
    /// <summary>Every contract that can be read; what cannot is reported once, not thrown.</summary>
    Task<IReadOnlyList<ExchangeSymbol>> SymbolsAsync(CancellationToken cancel = default);

    /// <summary>Quote units traded in the last 24 hours, by symbol.</summary>
    Task<IReadOnlyDictionary<Symbol, double>> QuoteVolumesAsync(CancellationToken cancel = default);

    /// <summary>
    /// Closed candles that open in [<paramref name="fromMs"/>, <paramref name="toMs"/>), oldest first: one request, so
    /// at most <paramref name="limit"/> of them (1–1500). The candle in progress is left out.
    /// </summary>
    Task<IReadOnlyList<Candle>> CandlesAsync(
        SeriesInfo series, long fromMs, long toMs, int limit, RequestLane lane, CancellationToken cancel = default);
}
