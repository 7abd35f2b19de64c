namespace FuturesBot.Domain.Reporting;

/// <summary>
/// Probability that the true Sharpe ratio lies above a benchmark, given how long, how skewed and how
/// fat-tailed the record is.
/// </summary>
/// <remarks>
/// Bailey &amp; López de Prado (2012), The Sharpe Ratio Efficient Frontier.
/// PSR = Φ((SR − SR*)·√(T−1) / √(1 − γ₃·SR + (γ₄−1)/4·SR²)). All ratios per period, kurtosis not excess.
/// </remarks>
public static class ProbabilisticSharpe
{
    /// <summary>0–1; NaN when a moment is unavailable or the record is shorter than two periods.</summary>
    public static double Of(double sharpe, double benchmark, int periods, double skewness, double kurtosis)
    {
        var variance = Variance(sharpe, skewness, kurtosis);
        return periods < 2 || !(variance > 0)
            ? double.NaN
            : NormalDistribution.Cdf((sharpe - benchmark) * Math.Sqrt(periods - 1) / Math.Sqrt(variance));
    }

    /// <summary>T − 1 times the variance of the estimated Sharpe ratio (Mertens 2002).</summary>
    internal static double Variance(double sharpe, double skewness, double kurtosis) =>
        1 - (skewness * sharpe) + ((kurtosis - 1) / 4 * sharpe * sharpe);
}
