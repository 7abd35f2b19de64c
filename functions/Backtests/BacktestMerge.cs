using FuturesBot.Engine.Backtesting;

namespace FuturesBot.Functions.Backtests;

/// <summary>Parts of a backtest that were computed, to be merged.</summary>
/// <param name="Backtest">Id of the backtest.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Hashes">SHA-256 of the parts' results, in the plan's order.</param>
public sealed record BacktestMerge(string Backtest, BacktestPlan Plan, IReadOnlyList<string> Hashes);
