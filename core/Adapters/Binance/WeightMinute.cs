namespace FuturesBot.Adapters.Binance;

/// <summary>Request weight of one minute, as far as it was looked at.</summary>
/// <param name="EndMs">End of the minute, wall time, UTC, Unix milliseconds.</param>
/// <param name="Own">The most that was seen of ours.</param>
/// <param name="Used">The most that was seen of the whole address.</param>
public readonly record struct WeightMinute(long EndMs, int Own, int Used);
