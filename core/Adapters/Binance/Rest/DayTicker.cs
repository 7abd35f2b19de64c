using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>The last 24 hours of a symbol.</summary>
/// <param name="Symbol">Which.</param>
/// <param name="LastPrice">Quote units.</param>
/// <param name="Volume">Base units.</param>
/// <param name="QuoteVolume">Quote units.</param>
/// <param name="ChangePercent">Of the price; NaN when not sent.</param>
/// <param name="Trades">Number of them; −1 when not sent.</param>
/// <param name="CloseMs">End of the 24 hours, UTC, Unix milliseconds.</param>
public readonly record struct DayTicker(
    Symbol Symbol, double LastPrice, double Volume, double QuoteVolume, double ChangePercent, long Trades, long CloseMs);
