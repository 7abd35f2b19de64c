namespace FuturesBot.Engine.Backtesting;

/// <summary>How far a run has come.</summary>
/// <param name="AtMs">Closing time that was decided last.</param>
/// <param name="Candles">Rows read so far.</param>
/// <param name="Trades">Trades closed so far.</param>
public readonly record struct BacktestProgress(long AtMs, long Candles, int Trades);
