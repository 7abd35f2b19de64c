using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Binance's market as the engine asks for it.</summary>
public sealed class BinanceMarket(BinanceFuturesRest rest) : IExchangeMarket
{
    public async Task<IReadOnlyList<ExchangeSymbol>> SymbolsAsync(CancellationToken cancel = default) =>
        (await rest.ExchangeInfoAsync(RequestLane.MarketData, cancel)).Symbols;

    public async Task<IReadOnlyDictionary<Symbol, double>> QuoteVolumesAsync(CancellationToken cancel = default)
    {
        var volumes = new Dictionary<Symbol, double>();
        foreach (var ticker in await rest.DayTickersAsync(RequestLane.MarketData, cancel)) volumes[ticker.Symbol] = ticker.QuoteVolume;
        return volumes;
    }

    public async Task<IReadOnlyList<Candle>> CandlesAsync(
        SeriesInfo series, long fromMs, long toMs, int limit, RequestLane lane, CancellationToken cancel = default) =>
        fromMs >= toMs ? [] : (await rest.KlinesAsync(series, fromMs, toMs, limit, lane, cancel)).Closed;
}
