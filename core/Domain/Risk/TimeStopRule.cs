namespace FuturesBot.Domain.Risk;

/// <summary>When a position that goes nowhere is closed.</summary>
public enum TimeStopRule
{
    /// <summary>Never.</summary>
    None,

    /// <summary>Core: after a number of strategy bars without TP1 while the best progress is below a share of R.</summary>
    BarsWithoutProgressR,

    /// <summary>Core, profile <c>seed</c>: the same, progress measured as a fraction of the entry price.</summary>
    BarsWithoutProgressPercent,

    /// <summary>Action Price: hours after TP1, after TP2 and overall.</summary>
    Hours,
}
