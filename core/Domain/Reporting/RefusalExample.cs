namespace FuturesBot.Domain.Reporting;

/// <summary>One refused signal, with the number that refused it and the one it had to reach.</summary>
/// <param name="Predicate">What was measured, such as <c>round-trip cost, R</c>.</param>
/// <param name="Value">NaN when it was unavailable.</param>
/// <param name="Threshold">NaN when the reason has none.</param>
public sealed record RefusalExample(
    string Symbol, string Strategy, long TimeMs, string Predicate, double Value, double Threshold);
