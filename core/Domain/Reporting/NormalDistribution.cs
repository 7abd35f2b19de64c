namespace FuturesBot.Domain.Reporting;

/// <summary>The standard normal distribution. Statistics only: nothing that decides uses it.</summary>
public static class NormalDistribution
{
    private const double InverseRootTwoPi = 0.398942280401432677939946;

    /// <summary>φ(x).</summary>
    public static double Density(double x) => InverseRootTwoPi * Math.Exp(-0.5 * x * x);

    /// <summary>Φ(x), absolute error below 1e-15; the lower tail keeps its relative accuracy.</summary>
    /// <remarks>
    /// Marsaglia (2004), Evaluating the Normal Distribution: Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …).
    /// Beyond |x| = 3 the upper tail by Laplace's continued fraction φ(x)/(x + 1/(x + 2/(x + …))).
    /// </remarks>
    public static double Cdf(double x)
    {
        if (double.IsNaN(x)) return double.NaN;
        if (x < -3) return UpperTail(-x);
        if (x > 3) return 1 - UpperTail(x);

        double sum = x, term = x;
        for (var i = 3; i < 200 && sum + term != sum - term; i += 2)
        {
            term *= x * x / i;
            sum += term;
        }

        return 0.5 + (sum * Density(x));
    }

    /// <summary>Φ⁻¹(p) for 0 &lt; p &lt; 1; ±∞ at the ends, NaN outside.</summary>
    /// <remarks>
    /// Abramowitz &amp; Stegun 26.2.23 (error 4.5e-4), then Halley steps on <see cref="Cdf"/>, each of which
    /// triples the number of right digits.
    /// </remarks>
    public static double Quantile(double p)
    {
        if (!(p >= 0 && p <= 1)) return double.NaN;
        if (p == 0) return double.NegativeInfinity;
        if (p == 1) return double.PositiveInfinity;
        if (p > 0.5) return -Quantile(1 - p);   // exact: 1 − p has no rounding for p in [½, 1]

        var t = Math.Sqrt(-2 * Math.Log(p));
        var x = -(t - ((2.515517 + (t * (0.802853 + (t * 0.010328))))
            / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308))))))));
        for (var step = 0; step < 3; step++)
        {
            var error = (Cdf(x) - p) / Density(x);
            x -= error / (1 + (x * error / 2));
        }

        return x;
    }

    private static double UpperTail(double x)
    {
        // 100 levels are enough for full accuracy at x = 3, where convergence is slowest.
        var fraction = x;
        for (var level = 100; level > 0; level--) fraction = x + (level / fraction);
        return Density(x) / fraction;
    }
}
