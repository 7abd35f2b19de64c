namespace FuturesBot.Dashboard;

/// <summary>How far one trade went for and against us.</summary>
/// <param name="MaeR">Worst moment, 0 or negative.</param>
/// <param name="MfeR">Best moment, from 0 up.</param>
/// <param name="R">Net.</param>
public readonly record struct ExcursionPointView(string SignalId, double MaeR, double MfeR, double R, TradeOutcome Outcome);
