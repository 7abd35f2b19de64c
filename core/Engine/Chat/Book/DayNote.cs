using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Chat.Book;

/// <summary>The day so far.</summary>
/// <param name="FromMs">Its begin in Kyiv: market time, UTC, Unix milliseconds.</param>
/// <param name="Closed">Trades of the account that closed in it, the last first.</param>
/// <param name="Followed">Trades that were only followed.</param>
/// <param name="NetUsdt">Their result, USDT.</param>
/// <param name="Equity">Closed trades included, USDT.</param>
/// <param name="Signals">Signals decided in it.</param>
/// <param name="Open">Positions of the account.</param>
/// <param name="Waiting">Entries of the account that are not filled.</param>
/// <param name="OpenRiskPercent">If every stop were hit, percent of equity.</param>
/// <param name="Refusals">Refused triggers of the day by reason, the commonest first.</param>
/// <param name="CountedFromMs">When counting of them began within the day, market time; null when all of it is counted.</param>
/// <param name="Quarter">Statistics of the last 90 days.</param>
/// <param name="Drawdown">Of the last 90 days.</param>
public sealed record DayNote(
    long FromMs, IReadOnlyList<TradeRecord> Closed, int Followed, decimal NetUsdt, decimal Equity, int Signals,
    int Open, int Waiting, double OpenRiskPercent, IReadOnlyList<RefusalCount> Refusals, long? CountedFromMs, GroupStatistics Quarter, Drawdown Drawdown);
