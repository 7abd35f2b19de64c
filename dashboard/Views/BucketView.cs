using System.Text.Json.Serialization;

namespace FuturesBot.Dashboard;

/// <summary>One step of a histogram.</summary>
/// <param name="UpTo">Upper bound, milliseconds; NaN for the last, which has none.</param>
/// <param name="Count">Values in this step alone.</param>
public readonly record struct BucketView([property: JsonPropertyName("up_to_ms")] double UpTo, long Count);
