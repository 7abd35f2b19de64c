namespace FuturesBot.Domain.Strategies;

/// <summary>How a predicate's value is held against its threshold.</summary>
public enum Comparison : byte
{
    /// <summary>value ≥ threshold.</summary>
    AtLeast,

    /// <summary>value &gt; threshold.</summary>
    Above,

    /// <summary>value ≤ threshold.</summary>
    AtMost,

    /// <summary>value &lt; threshold.</summary>
    Below,

    /// <summary>A yes-or-no question: value is 1 or 0, the threshold 1.</summary>
    Is,
}
