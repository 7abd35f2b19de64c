namespace FuturesBot.Domain.Reporting;

/// <summary>
/// The three ways a closed trade can end. A trade that took TP1 and then left at the break-even stop is
/// BREAK_EVEN and no win, whatever it netted: counted as a win it would lift every rate (spec 2.19).
/// </summary>
public enum TradeOutcome
{
    Loss,
    BreakEven,
    Win,
}
