using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <param name="PriceDecimals">Decimals of the tick: the page writes prices with them.</param>
/// <param name="Last">Last price; NaN when there is none.</param>
/// <param name="Change24hPercent">NaN before 24 hours are there.</param>
/// <param name="QuoteVolume24h">Quote units.</param>
/// <param name="Timeframes">The frames that have candles, the shortest first.</param>
public sealed record SymbolView(
    Symbol Symbol,
    int PriceDecimals,
    double Last,
    double Change24hPercent,
    double QuoteVolume24h,
    IReadOnlyList<TimeFrame> Timeframes);
