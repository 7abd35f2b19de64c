using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain.Scoring;

/// <summary>A score that explains itself.</summary>
/// <param name="Parts">Every summand; an unavailable one is NaN and adds nothing.</param>
/// <param name="Total">Sum of the available parts; may be negative.</param>
/// <param name="FactorsApplied">Positive factors that applied.</param>
/// <param name="FactorsKnown">Positive factors whose input was available (k).</param>
/// <param name="FactorsNeeded">min(2, ⌈k/2⌉).</param>
public sealed record Score(
    IReadOnlyList<ScorePart> Parts, double Total, int FactorsApplied, int FactorsKnown, int FactorsNeeded)
{
    /// <summary>A strategy that judges itself brings its own parts; no factor is asked for.</summary>
    public static Score OfOwnParts(IReadOnlyList<ScorePart> parts)
    {
        var total = 0.0;
        foreach (var part in parts) total += part.IsUnavailable ? 0 : part.Points;
        return new(parts, total, 0, 0, 0);
    }
}
