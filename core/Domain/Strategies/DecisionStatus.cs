namespace FuturesBot.Domain.Strategies;

/// <summary>How one setup's evaluation at one closing time ended.</summary>
public enum DecisionStatus : byte
{
    /// <summary>A structural condition was missing, so the rest could not be asked.</summary>
    NotReached,

    /// <summary>Asked to the end; two or more predicates failed.</summary>
    NotMet,

    /// <summary>Asked to the end; all but one predicate passed.</summary>
    NearMiss,

    /// <summary>A mandatory input was missing.</summary>
    Unavailable,

    /// <summary>Every predicate passed.</summary>
    Fired,
}
