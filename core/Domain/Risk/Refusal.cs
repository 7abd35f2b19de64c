namespace FuturesBot.Domain.Risk;

/// <summary>Why a setup was not traded. One list for the whole system: counted, stored, shown.</summary>
public enum Refusal
{
    /// <summary>The score is below the threshold (2.9).</summary>
    ScoreTooLow,

    /// <summary>Too few independent factors applied (2.9).</summary>
    TooFewFactors,

    /// <summary>The stop would be more than 3 ATR away (2.11).</summary>
    StopTooFar,

    /// <summary>The stop would be more than 15 % of the price away (2.10).</summary>
    StopTooWide,

    /// <summary>The stop lies on the wrong side of the entry.</summary>
    StopOnWrongSide,

    /// <summary>The round trip would cost more than 0.20 R (2.10).</summary>
    CostTooHigh,

    /// <summary>The spread is wider than 5 bp and than 10 % of R (2.10).</summary>
    SpreadTooWide,

    /// <summary>The price has left: the fill would change R by more than a quarter (2.10, 2.14).</summary>
    Missed,

    /// <summary>Liquidation lies less than 2 ATR beyond the stop (2.10).</summary>
    LiquidationTooNear,

    /// <summary>Funding until the time stop would cost more than the guard allows (2.11).</summary>
    FundingTooHigh,

    /// <summary>A setup of the opposite direction fired on the same bar with a like score (2.9).</summary>
    Conflict,

    /// <summary>The symbol and direction are locked by a recent signal (2.9).</summary>
    Locked,

    /// <summary>The strategy still has a live signal on the symbol (2.9).</summary>
    StrategyBlocked,

    /// <summary>The strategy is cooling down on this symbol and direction (2.8b).</summary>
    CoolDown,

    /// <summary>A position of the opposite direction is open on the symbol (2.9).</summary>
    OpposingPosition,

    /// <summary>BTC moves too hard for a mean-reversion entry (2.9).</summary>
    BtcImpulse,

    /// <summary>As many positions are open as allowed (2.13).</summary>
    TooManyPositions,

    /// <summary>The open risk would pass its limit (2.13).</summary>
    OpenRiskTooHigh,

    /// <summary>Too many positions of one correlated cluster (2.13).</summary>
    CorrelatedCluster,

    /// <summary>The loss of the UTC day has reached its limit (2.13).</summary>
    DailyLossReached,

    /// <summary>The loss of the week has reached its limit (2.13).</summary>
    WeeklyLossReached,

    /// <summary>A pause after losing trades in a row (2.13).</summary>
    LosingStreak,

    /// <summary>The draw-down has reached its limit; trading is re-armed by hand (2.13).</summary>
    DrawdownReached,

    /// <summary>The size that the risk allows is below what the exchange takes (2.11).</summary>
    SizeTooSmall,

    /// <summary>EMA200 has fewer than 1,200 bars behind it (2.8b).</summary>
    YoungEma200,

    /// <summary>A gap in the data lies too close behind (2.17).</summary>
    AfterGap,

    /// <summary>The strategy or mode is switched off.</summary>
    Disabled,

    /// <summary>New entries are halted by hand (2.12).</summary>
    Halted,

    /// <summary>The same setup has fired before (2.8).</summary>
    AlreadyFired,

    /// <summary>No verdict on the signal ever came; it was given up.</summary>
    Abandoned,
}
