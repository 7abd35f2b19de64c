namespace FuturesBot.Dashboard;

/// <summary>A part of the score has three states (spec 2.9): missing data is no zero.</summary>
public enum ModifierState
{
    Applied,
    NotApplied,
    Unavailable,
}
