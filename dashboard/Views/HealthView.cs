namespace FuturesBot.Dashboard;

/// <summary>One tile of the health strip.</summary>
/// <param name="Value">Short: <c>12 / 12</c>.</param>
/// <param name="Detail">One line below the value.</param>
public sealed record HealthView(string Name, string Value, string Detail, HealthLevel Level);
