using System.Text.Json.Serialization;
using FuturesBot.Engine.Ledger;

namespace FuturesBot.Engine.Running;

/// <summary>What a ledger comes to at a moment: published, neither it nor the day before can be written anew unseen (spec 2.20 #5).</summary>
/// <param name="Seq">Number of the last line.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Root">The end of the newest UTC day that is over; null before there is one.</param>
public sealed record LedgerStanding(
    [property: JsonPropertyName("line")] long Seq,
    [property: JsonPropertyName("hash")] string Hash,
    [property: JsonPropertyName("day_root")] DayRoot? Root);
