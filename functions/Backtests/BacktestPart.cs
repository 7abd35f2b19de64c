using FuturesBot.Engine.Backtesting;

namespace FuturesBot.Functions.Backtests;

/// <summary>One part of a backtest, to be computed.</summary>
/// <param name="Backtest">Id of the backtest: its results lie under it.</param>
/// <param name="Index">Which part.</param>
/// <param name="Plan">The plan.</param>
public sealed record BacktestPart(string Backtest, int Index, BacktestPlan Plan)
{
    /// <summary>Name of a part's result.</summary>
    public static string NameOf(string backtest, int index) => ShelfFiles.Of(backtest, FormattableString.Invariant($"{ShelfFiles.Parts}{index:D5}.json"));
}
