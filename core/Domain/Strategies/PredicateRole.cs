namespace FuturesBot.Domain.Strategies;

/// <summary>What a predicate's outcome does to its decision.</summary>
public enum PredicateRole : byte
{
    /// <summary>Must pass; when its input is missing the whole decision is unavailable.</summary>
    Mandatory,

    /// <summary>Must pass where its input is there; skipped, and recorded so, where it is not.</summary>
    Skippable,

    /// <summary>Recorded for the reader only, such as one half of an either-or.</summary>
    Note,
}
