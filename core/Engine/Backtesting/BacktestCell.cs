using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Backtesting;

/// <summary>One part of a <see cref="BacktestPlan"/>: a portfolio of its own.</summary>
/// <param name="Index">Its place in the plan.</param>
/// <param name="Symbols">Whose trades count. BTC is followed beside them when the plan has it; its trades count in its own group.</param>
/// <param name="FromMs">Candles that close at or before this are not decided on.</param>
/// <param name="ToMs">Candles that close after this are left out.</param>
public sealed record BacktestCell(int Index, IReadOnlyList<Symbol> Symbols, long FromMs, long ToMs);
