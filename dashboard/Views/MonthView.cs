namespace FuturesBot.Dashboard;

/// <summary>Closed trades of one calendar month, UTC.</summary>
/// <param name="Month">Such as <c>2026-11</c>.</param>
public sealed record MonthView(string Month, StatisticsView Statistics);
