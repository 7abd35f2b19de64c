namespace FuturesBot.Dashboard;

/// <param name="Fraction">Of the position, 0–1.</param>
public sealed record ExitView(long TimeMs, decimal Price, double Fraction, string Reason);
