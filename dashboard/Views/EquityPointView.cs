namespace FuturesBot.Dashboard;

/// <param name="R">Sum of results up to this time.</param>
public readonly record struct EquityPointView(long TimeMs, double R);
