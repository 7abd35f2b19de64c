namespace FuturesBot.Dashboard;

/// <summary>A ban by the exchange (418). Times are wall time.</summary>
/// <param name="FromMs">When it was met; null when an earlier run met it.</param>
/// <param name="UntilMs">Its end.</param>
public readonly record struct BanView(long? FromMs, long UntilMs);
