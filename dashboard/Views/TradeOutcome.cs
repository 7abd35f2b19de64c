namespace FuturesBot.Dashboard;

/// <summary>Three ways a trade can end (spec 2.19).</summary>
public enum TradeOutcome
{
    Win,
    BreakEven,
    Loss,
}
