namespace FuturesBot.Domain.Analysis;

/// <summary>Candle patterns that the newest bar completes; several may hold at once.</summary>
[Flags]
public enum PriceActionPattern
{
    None = 0,

    /// <summary>A long wick against the side, a small body at the other end.</summary>
    PinBar = 1,

    /// <summary>A body over the opposite body before it.</summary>
    Engulfing = 2,

    /// <summary>Wholly within the bar before it; has no direction.</summary>
    InsideBar = 4,

    /// <summary>A false break of an inside bar's mother.</summary>
    Fakey = 8,
}
