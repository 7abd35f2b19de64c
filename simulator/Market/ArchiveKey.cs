namespace FuturesBot.Simulator.Market;

/// <summary>Names a file of the public archive.</summary>
/// <param name="Symbol">Place in <see cref="IMarket.Symbols"/>.</param>
/// <param name="Kind">Daily or monthly klines and aggTrades, daily metrics, monthly fundingRate.</param>
/// <param name="Interval">Of klines; ignored by the other kinds.</param>
/// <param name="Date">The day, or any day of the month.</param>
/// <param name="IsMonthly">A month's file instead of a day's.</param>
public readonly record struct ArchiveKey(int Symbol, ArchiveKind Kind, KlineInterval Interval, DateOnly Date, bool IsMonthly);
