namespace FuturesBot.Domain.Risk;

/// <summary>How a position is entered.</summary>
public enum EntryType
{
    /// <summary>Taker, filled at the open of the bar after the decision, with slippage.</summary>
    Market,

    /// <summary>Maker, filled at its own price once the market has traded through it.</summary>
    Limit,
}
