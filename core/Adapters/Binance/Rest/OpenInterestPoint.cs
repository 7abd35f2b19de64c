namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Open interest at a moment.</summary>
/// <param name="TimeMs">UTC, Unix milliseconds.</param>
/// <param name="BaseUnits">Open contracts.</param>
/// <param name="QuoteValue">Their value; NaN when not sent.</param>
public readonly record struct OpenInterestPoint(long TimeMs, double BaseUnits, double QuoteValue);
