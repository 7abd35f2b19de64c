namespace FuturesBot.Domain.Strategies;

/// <summary>One summand of a score, with its reason.</summary>
/// <param name="Name">Stable name, such as <c>base</c> or <c>cvd</c>.</param>
/// <param name="Points">What it adds; 0 when it did not apply; NaN when its input was unavailable.</param>
/// <param name="Because">Value against threshold, in words.</param>
public readonly record struct ScorePart(string Name, double Points, string Because)
{
    /// <summary>The input was missing; the part adds nothing and is shown hatched.</summary>
    public bool IsUnavailable => double.IsNaN(Points);
}
