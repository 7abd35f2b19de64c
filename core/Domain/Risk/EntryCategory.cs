namespace FuturesBot.Domain.Risk;

/// <summary>What kind of move a setup trades; it decides how the position is entered (spec 2.10).</summary>
public enum EntryCategory
{
    /// <summary>Goes with a move that is under way: MARKET at the next open.</summary>
    Breakout,

    /// <summary>Joins a trend on its way back: LIMIT at the signal price, six bars.</summary>
    Pullback,

    /// <summary>Against the last move: LIMIT 0.15 ATR better than the signal price, four bars.</summary>
    MeanReversion,
}
