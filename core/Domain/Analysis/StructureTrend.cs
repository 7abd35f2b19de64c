namespace FuturesBot.Domain.Analysis;

/// <summary>What the last two swing highs and lows say together (spec 2.5).</summary>
public enum StructureTrend
{
    /// <summary>Neither, or fewer than two swings of a kind.</summary>
    Mixed,

    /// <summary>Higher high and higher low.</summary>
    Up,

    /// <summary>Lower high and lower low.</summary>
    Down,
}
