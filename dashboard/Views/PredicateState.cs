namespace FuturesBot.Dashboard;

/// <summary>How one check of a strategy ended.</summary>
public enum PredicateState
{
    Passed,
    Failed,
    Unavailable,
}
