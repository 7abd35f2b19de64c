namespace FuturesBot.Functions.Backtests;

/// <summary>Where a merged backtest lies.</summary>
/// <param name="Backtest">Its id: <c>trades.jsonl</c> and <c>summary.json</c> lie under it.</param>
/// <param name="Parts">How many parts were merged.</param>
/// <param name="TradesHash">SHA-256 of <c>trades.jsonl</c>.</param>
/// <param name="SummaryHash">SHA-256 of <c>summary.json</c>.</param>
public sealed record BacktestReceipt(string Backtest, int Parts, string TradesHash, string SummaryHash);
