using System.Text.Json.Serialization;

namespace FuturesBot.Dashboard;

/// <summary>The exchange's limits and how much of them is used. Times are wall time.</summary>
/// <param name="Ours">Our weight in this minute.</param>
/// <param name="OursMax">What it may come to.</param>
/// <param name="Used">Weight of the whole address in this minute, as the exchange counts it.</param>
/// <param name="Limit">The exchange's limit for it.</param>
/// <param name="Peak">The most that was ours in any minute since the start.</param>
/// <param name="WindowEndsMs">End of this minute.</param>
/// <param name="Minutes">The last 60 minutes, oldest first, this one last.</param>
/// <param name="Lanes">The most urgent first.</param>
/// <param name="Orders">Orders of the account in 10 seconds and in a minute.</param>
/// <param name="FiveMinutes">Limits by count in 5 minutes.</param>
/// <param name="PausedUntilMs">End of a pause that the exchange asked for (429); null without.</param>
/// <param name="Ban">The ban that holds now; null without.</param>
/// <param name="Bans">Bans met since the start, newest first, at most 50.</param>
/// <param name="Refused">Requests that found no place to wait since the start.</param>
/// <param name="ClockOffset">How far the exchange's wall clock is ahead of ours, milliseconds; NaN when unknown.</param>
/// <param name="Books">Null when order books are switched off.</param>
public sealed record LimitsView(
    long TimeMs,
    int Ours,
    int OursMax,
    int Used,
    int Limit,
    int Peak,
    long WindowEndsMs,
    IReadOnlyList<WeightMinuteView> Minutes,
    IReadOnlyList<LaneView> Lanes,
    IReadOnlyList<LimitUseView> Orders,
    IReadOnlyList<LimitUseView> FiveMinutes,
    long? PausedUntilMs,
    BanView? Ban,
    [property: JsonPropertyName("ban_left_s")] double BanLeft,
    IReadOnlyList<BanView> Bans,
    long Refused,
    [property: JsonPropertyName("clock_offset_ms")] double ClockOffset,
    IReadOnlyList<StreamLineView> Streams,
    BooksHealthView? Books);
