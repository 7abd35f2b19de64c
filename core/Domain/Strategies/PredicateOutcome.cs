namespace FuturesBot.Domain.Strategies;

/// <summary>What became of one predicate.</summary>
public enum PredicateOutcome : byte
{
    Failed,
    Passed,

    /// <summary>Its input is missing (no book, no taker volume, warming up): neither passed nor failed.</summary>
    Unavailable,
}
