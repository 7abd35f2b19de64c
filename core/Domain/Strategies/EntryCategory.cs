namespace FuturesBot.Domain.Strategies;

/// <summary>How a setup wants to get in; decides entry type, offset and expiry (spec 2.10).</summary>
public enum EntryCategory
{
    /// <summary>MARKET: the move must not be missed.</summary>
    Breakout,

    /// <summary>LIMIT at the signal price, 6 bars.</summary>
    Pullback,

    /// <summary>LIMIT 0.15 ATR better than the signal price, 4 bars.</summary>
    MeanReversion,
}
