namespace FuturesBot.Domain.Analysis;

/// <summary>How the value area grows from the point of control (spec 2.6).</summary>
public enum ValueAreaRule
{
    /// <summary>The CME's: the larger sum of the next two bins above or below; tie → up.</summary>
    Pair,

    /// <summary>Bot A's: the larger of the next bin above or below; tie → up.</summary>
    Single,
}
