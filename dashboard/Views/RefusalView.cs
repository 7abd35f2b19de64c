using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>One refused trigger. Every no has a number.</summary>
/// <param name="Value">NaN when the reason has none.</param>
/// <param name="Threshold">What it was measured against; NaN when there is none.</param>
/// <param name="Comparison">How the value had to stand to the threshold: ≥ ≤ &gt; &lt;; empty without.</param>
/// <param name="Text">The whole reason in words.</param>
public sealed record RefusalView(
    long TimeMs,
    Symbol Symbol,
    TimeFrame Timeframe,
    string Strategy,
    Side Direction,
    string Reason,
    double Value,
    double Threshold,
    string Comparison,
    string Unit,
    string Text,
    bool Replayed);
