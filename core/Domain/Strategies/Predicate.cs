namespace FuturesBot.Domain.Strategies;

/// <summary>One thing a strategy checked, with the numbers: "every no has a number".</summary>
/// <param name="Name">What was checked, in words, with its unit.</param>
/// <param name="Value">What was found; NaN when unavailable; 1 or 0 for a yes-or-no question.</param>
/// <param name="Threshold">What it was held against.</param>
public readonly record struct Predicate(
    string Name, double Value, Comparison Comparison, double Threshold, PredicateOutcome Outcome, PredicateRole Role);
