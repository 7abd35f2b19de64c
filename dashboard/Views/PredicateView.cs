namespace FuturesBot.Dashboard;

/// <summary>One thing that a strategy checked.</summary>
/// <param name="Value">NaN when unavailable or when <paramref name="Text"/> says it.</param>
/// <param name="Threshold">NaN when there is none.</param>
/// <param name="Comparison">How the value must stand to the threshold: ≥ ≤ &gt; &lt; =; empty when the test is no comparison.</param>
/// <param name="Unit">ATR, ×, % …; empty for a plain number.</param>
/// <param name="Text">The value in words (<c>Up</c>), or why it is unavailable; null when the number says it.</param>
public sealed record PredicateView(
    string Name,
    double Value,
    double Threshold,
    string Comparison,
    string Unit,
    PredicateState State,
    string? Text);
