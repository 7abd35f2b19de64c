using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>How a symbol is funded, where it differs from every 8 hours.</summary>
/// <param name="Symbol">Which.</param>
/// <param name="IntervalHours">8, 4 or 1.</param>
/// <param name="Cap">Highest rate, a fraction; NaN when not sent.</param>
/// <param name="Floor">Lowest rate, a fraction; NaN when not sent.</param>
public readonly record struct FundingTerms(Symbol Symbol, int IntervalHours, double Cap, double Floor);
