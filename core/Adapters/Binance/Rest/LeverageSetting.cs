using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>The leverage that holds from now on.</summary>
/// <param name="Symbol">For which symbol.</param>
/// <param name="Leverage">Such as 10.</param>
/// <param name="NotionalMax">Largest position value at it, quote units; null when not sent.</param>
public readonly record struct LeverageSetting(Symbol Symbol, int Leverage, decimal? NotionalMax);
