namespace FuturesBot.Domain.Risk;

/// <summary>Where the stop goes after the first target.</summary>
public enum BreakEvenRule
{
    /// <summary>It stays where it was.</summary>
    Off,

    /// <summary>To the entry price (profile <c>seed</c>): the rest loses its costs.</summary>
    Entry,

    /// <summary>To entry ± round-trip cost: the rest comes out at nothing after fees and slippage.</summary>
    TrueCost,
}
