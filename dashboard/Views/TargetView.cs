namespace FuturesBot.Dashboard;

/// <param name="Name">TP1, TP2 or Runner.</param>
/// <param name="Price">Null for the runner: its stop trails.</param>
/// <param name="R">Distance from the entry in R; NaN for the runner.</param>
/// <param name="Fraction">Of the position, 0–1.</param>
public sealed record TargetView(string Name, decimal? Price, double R, double Fraction);
