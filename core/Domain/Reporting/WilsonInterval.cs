namespace FuturesBot.Domain.Reporting;

/// <summary>
/// Interval of a proportion: where the true rate lies when <c>wins</c> of <c>n</c> were seen.
/// </summary>
/// <remarks>
/// Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22.
/// centre = (p + z²/2n) / (1 + z²/n);  half = z·√(p(1−p)/n + z²/4n²) / (1 + z²/n).
/// </remarks>
public static class WilsonInterval
{
    /// <summary>
    /// The customary 95 % quantile (exact: 1.959964), so that published tables come out as printed.
    /// </summary>
    public const double Z95 = 1.96;

    /// <summary>Both ends in 0–1; unavailable for n = 0.</summary>
    public static Interval Of(int wins, int n, double z = Z95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wins);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wins, n);
        if (n == 0) return Interval.Unavailable;

        var p = (double)wins / n;
        var shrink = 1 + (z * z / n);
        var centre = (p + (z * z / (2.0 * n))) / shrink;
        var half = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4.0 * n * n))) / shrink;

        // The ends are exactly 0 and 1 at the edges; rounding must not leave them an ulp outside.
        return new(wins == 0 ? 0 : centre - half, wins == n ? 1 : centre + half);
    }

    /// <summary>
    /// How many trades an observed rate needs before "the true rate is above <paramref name="claimed"/>"
    /// holds: the smallest n whose lower end passes the claim.
    /// </summary>
    /// <remarks>Wilson's lower end passes p₀ exactly when (p − p₀)/√(p₀(1−p₀)/n) > z.</remarks>
    /// <returns>The count; null when the observed rate is not above the claim.</returns>
    public static int? TradesNeeded(double observed, double claimed, double z = Z95)
    {
        if (!(observed > claimed)) return null;
        var gap = observed - claimed;
        return (int)Math.Floor(z * z * claimed * (1 - claimed) / (gap * gap)) + 1;
    }
}
