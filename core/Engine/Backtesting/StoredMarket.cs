using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Backtesting;

/// <summary>Stored candles with the rules that the exchange gave their symbols: what a backtest in Azure runs over.</summary>
/// <param name="store">Where the candles are.</param>
/// <param name="listings">The symbols and their rules.</param>
/// <param name="series">Which series there are.</param>
/// <param name="afterMs">Candles that close at or before this moment are left out.</param>
/// <param name="untilMs">Candles that close after this moment are left out.</param>
public sealed class StoredMarket(
    ICandleStore store, IEnumerable<SymbolListing> listings, IReadOnlyList<SeriesInfo> series, long afterMs, long untilMs) : ICandleSource
{
    private readonly StoredHistory _history = new(store, series, afterMs, untilMs);
    private readonly Dictionary<Symbol, SymbolRules> _rules = listings.ToDictionary(listing => listing.Symbol, listing => listing.Rules);

    public IReadOnlyList<SeriesInfo> Series => _history.Series;

    public ICandleReader Open(SeriesInfo series) => _history.Open(series);

    public FoundRules? RulesOf(Symbol symbol) =>
        _rules.TryGetValue(symbol, out var rules) ? new(rules, RulesOrigin.ExchangeInfo) : null;

    /// <summary>What a part of a plan needs: its symbols from the first candle that ripens a study to its end.</summary>
    public static async Task<StoredMarket> OpenAsync(
        ICandleStore store, IEnumerable<SymbolListing> listings, BacktestRequest request, CancellationToken cancel = default)
    {
        var series = await store.SeriesAsync(cancel);
        return new(
            store, listings, [.. series.Where(one => request.Symbols.Contains(one.Symbol))], Math.Min(request.FromMs, request.WarmUpFromMs), request.ToMs);
    }
}
