namespace FuturesBot.Dashboard;

/// <summary>Closed trades of one UTC day.</summary>
/// <param name="DayMs">00:00 UTC.</param>
/// <param name="R">Net.</param>
/// <param name="Usdt">Net.</param>
public readonly record struct DayResultView(long DayMs, int Trades, double R, decimal Usdt);
