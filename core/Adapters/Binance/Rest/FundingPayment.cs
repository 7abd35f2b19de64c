using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>A funding that took place.</summary>
/// <param name="Symbol">Which.</param>
/// <param name="Rate">A fraction; longs pay it when it is positive.</param>
/// <param name="TimeMs">UTC, Unix milliseconds.</param>
/// <param name="MarkPrice">Quote units; NaN when not sent.</param>
public readonly record struct FundingPayment(Symbol Symbol, double Rate, long TimeMs, double MarkPrice);
