using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Mark price and funding of a symbol.</summary>
/// <param name="Symbol">Which.</param>
/// <param name="MarkPrice">Quote units.</param>
/// <param name="IndexPrice">Quote units; NaN when not sent.</param>
/// <param name="FundingRate">Of the running interval as it stands, a fraction; NaN when not sent.</param>
/// <param name="NextFundingMs">UTC, Unix milliseconds; 0 where there is no funding.</param>
/// <param name="TimeMs">Market time of this, UTC, Unix milliseconds.</param>
public readonly record struct PremiumIndex(
    Symbol Symbol, double MarkPrice, double IndexPrice, double FundingRate, long NextFundingMs, long TimeMs);
