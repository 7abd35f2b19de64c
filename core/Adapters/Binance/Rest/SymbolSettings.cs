using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>The account's settings of a symbol.</summary>
/// <param name="Symbol">Which.</param>
/// <param name="MarginType">Isolated or crossed.</param>
/// <param name="Leverage">Such as 10.</param>
/// <param name="NotionalMax">Largest position value at it, quote units; null when not sent.</param>
public readonly record struct SymbolSettings(Symbol Symbol, MarginType MarginType, int Leverage, decimal? NotionalMax);
