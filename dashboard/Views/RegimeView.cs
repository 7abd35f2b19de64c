using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>A tile of the regime board.</summary>
/// <param name="Label">TREND, RANGE, SQUEEZE, CHOP or UNDECIDED.</param>
/// <param name="Direction">1 up, −1 down, 0 none; only TREND has one.</param>
/// <param name="Confidence">0–1; NaN when undecided.</param>
/// <param name="Bias">H4 bias: 1 up, −1 down, 0 neutral.</param>
/// <param name="Change24hPercent">NaN before 24 hours are there.</param>
/// <param name="Sparkline">Closes, oldest first, 24 to 48 of them.</param>
/// <param name="SinceMs">Since when the label holds; null when unknown.</param>
/// <param name="Reason">Why undecided, or the inputs in a few words; null without.</param>
public sealed record RegimeView(
    Symbol Symbol,
    string Label,
    int Direction,
    double Confidence,
    int Bias,
    double Change24hPercent,
    IReadOnlyList<double> Sparkline,
    long? SinceMs,
    string? Reason);
