namespace FuturesBot.Adapters.Binance;

/// <summary>The exchange made everybody behind this address wait. Times are wall time, UTC, Unix milliseconds.</summary>
/// <param name="AtMs">When it said so.</param>
/// <param name="UntilMs">Until when, as it said last.</param>
/// <param name="IsBan">A ban (418), not a limit that was reached (429).</param>
public sealed record BudgetStop(long AtMs, long UntilMs, bool IsBan);
