using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Binance's market as the engine asks for it.</summary>
public sealed class BinanceMarket(BinanceFuturesRest rest) : IExchangeMarket, IPositioning
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

    public async Task<double> OpenInterestAsync(Symbol symbol, CancellationToken cancel = default) =>
        (await rest.OpenInterestAsync(symbol, RequestLane.MarketData, cancel)).BaseUnits;

    public async Task<IReadOnlyList<(long TimeMs, double OpenInterest)>> OpenInterestHistoryAsync(
        Symbol symbol, TimeFrame frame, int limit, CancellationToken cancel = default) =>
        frame == TimeFrame.M1
            ? throw new ArgumentOutOfRangeException(nameof(frame), frame, "The shortest period of open interest is 5m")
            : [.. (await rest.OpenInterestHistoryAsync(symbol, frame.Code(), fromMs: null, toMs: null, limit, RequestLane.MarketData, cancel))
                .OrderBy(point => point.TimeMs).Select(point => (point.TimeMs, point.BaseUnits))];

    public async Task<IReadOnlyList<(long TimeMs, double Rate)>> FundingRatesAsync(
        Symbol symbol, int limit, CancellationToken cancel = default) =>
        [.. (await rest.FundingRatesAsync(symbol, fromMs: null, toMs: null, limit, RequestLane.MarketData, cancel))
            .OrderBy(payment => payment.TimeMs).Select(payment => (payment.TimeMs, payment.Rate))];
}
