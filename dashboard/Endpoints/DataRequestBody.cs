namespace FuturesBot.Dashboard;

/// <summary>Body of a repair or a download, as it came.</summary>
/// <param name="Symbol">Of a repair.</param>
/// <param name="Timeframe">Of a repair.</param>
/// <param name="Symbols">Of a download.</param>
/// <param name="Timeframes">Of a download.</param>
/// <param name="From">First open time: UTC as ISO-8601 or Unix milliseconds.</param>
/// <param name="To">End, not included; now when left out of a download.</param>
internal sealed record DataRequestBody(
    string? Symbol,
    string? Timeframe,
    IReadOnlyList<string>? Symbols,
    IReadOnlyList<string>? Timeframes,
    System.Text.Json.JsonElement From,
    System.Text.Json.JsonElement To);
