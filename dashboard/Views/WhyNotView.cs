using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>A setup that did not become a signal: refused, or one check short of firing.</summary>
/// <param name="Kind">refused or near_miss.</param>
/// <param name="Reason">Stable name of the refusal; of a near miss the check that failed.</param>
/// <param name="Title">In words.</param>
/// <param name="Value">What was measured; NaN when the reason has no number.</param>
/// <param name="Threshold">What would have passed; NaN without.</param>
/// <param name="Comparison">How the value had to stand to the threshold; empty without.</param>
public sealed record WhyNotView(
    long TimeMs,
    string Kind,
    Symbol Symbol,
    TimeFrame Timeframe,
    string Strategy,
    string Mode,
    Side Direction,
    string Reason,
    string Title,
    double Value,
    double Threshold,
    string Comparison,
    string Unit,
    bool Replayed);
