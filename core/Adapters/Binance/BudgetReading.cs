namespace FuturesBot.Adapters.Binance;

/// <summary>The request budget at one moment, for pages and reports. Times are wall time, UTC, Unix milliseconds.</summary>
/// <param name="AtMs">When.</param>
/// <param name="OwnWeight">Our weight in this minute.</param>
/// <param name="OwnWeightMax">What it may come to.</param>
/// <param name="UsedWeight">Weight of the whole address in this minute, as the server's headers tell; never below ours.</param>
/// <param name="WeightLimit">The exchange's limit for it.</param>
/// <param name="OwnWeightPeak">The most that we used in any minute since the start.</param>
/// <param name="WindowEndsMs">End of this minute.</param>
/// <param name="Lanes">By lane, the most urgent first.</param>
/// <param name="Orders10Seconds">Orders of the account in these 10 seconds, and their limit.</param>
/// <param name="OrdersMinute">Orders of the account in this minute, and their limit.</param>
/// <param name="FuturesData">Requests to <c>/futures/data</c> in 5 minutes, and their limit.</param>
/// <param name="Funding">Requests for funding in 5 minutes, and their limit.</param>
/// <param name="PausedUntilMs">End of a pause that the exchange asked for (429); null when there is none.</param>
/// <param name="BannedUntilMs">End of a ban (418); null when there is none.</param>
/// <param name="Refused">Requests that found no place to wait since the start.</param>
/// <param name="Stops">The last 20 pauses and bans of this process and the one that an earlier one left, the newest last.</param>
public sealed record BudgetReading(
    long AtMs, int OwnWeight, int OwnWeightMax, int UsedWeight, int WeightLimit, int OwnWeightPeak, long WindowEndsMs,
    IReadOnlyList<LaneReading> Lanes, LimitReading Orders10Seconds, LimitReading OrdersMinute, LimitReading FuturesData,
    LimitReading Funding, long? PausedUntilMs, long? BannedUntilMs, long Refused, IReadOnlyList<BudgetStop> Stops)
{
    /// <summary>Time to the end of the ban; null when there is none.</summary>
    public TimeSpan? BanLeft => BannedUntilMs is { } until ? TimeSpan.FromMilliseconds(until - AtMs) : null;
}
