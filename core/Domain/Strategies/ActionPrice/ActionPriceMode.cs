namespace FuturesBot.Domain.Strategies;

/// <summary>What Action Price's score makes of a pattern.</summary>
public enum ActionPriceMode
{
    /// <summary>No trade.</summary>
    Skip,

    /// <summary>All out at the first target.</summary>
    Scalp,

    /// <summary>30 / 40 / 30 with a runner.</summary>
    Standard,
}
