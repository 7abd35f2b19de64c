namespace FuturesBot.Adapters.Binance;

/// <summary>The exchange has banned this address.</summary>
/// <param name="UntilMs">End of the ban, wall time, UTC, Unix milliseconds.</param>
/// <param name="Left">Time to it.</param>
public readonly record struct BanNotice(long UntilMs, TimeSpan Left);
