using System.Text.Json.Serialization;

namespace FuturesBot.Dashboard;

/// <summary>How long something took, milliseconds. Quantiles are upper bounds of the histogram's steps; NaN without a value.</summary>
/// <param name="Count">Values since the start.</param>
/// <param name="Buckets">Steps from the shortest to the longest; those without a value may be left out.</param>
public sealed record QuantilesView(
    long Count,
    [property: JsonPropertyName("p50_ms")] double P50,
    [property: JsonPropertyName("p95_ms")] double P95,
    [property: JsonPropertyName("p99_ms")] double P99,
    IReadOnlyList<BucketView> Buckets);
