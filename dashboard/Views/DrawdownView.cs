using System.Text.Json.Serialization;

namespace FuturesBot.Dashboard;

/// <summary>How deep and how long the account lay below its high.</summary>
/// <param name="DepthR">0 or negative.</param>
/// <param name="TroughMs">When it was deepest; null without a drawdown.</param>
/// <param name="LongestMs">Longest time below a high. On the wire <c>longest_ms</c>.</param>
/// <param name="UnderWaterShare">Part of the span spent below a high, 0–1; NaN without a span.</param>
/// <param name="Curve">Below the high, 0 or negative, after each trade.</param>
public sealed record DrawdownView(
    double DepthR,
    double NowR,
    long? TroughMs,
    [property: JsonPropertyName("longest_ms")] long LongestMs,
    double UnderWaterShare,
    IReadOnlyList<EquityPointView> Curve);
