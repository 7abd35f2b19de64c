namespace FuturesBot.Domain.Reporting;

/// <summary>
/// Probability that the true Sharpe ratio is above 0 after the number of tries is paid for: the best of
/// many worthless configurations looks good by chance.
/// </summary>
/// <remarks>
/// Bailey &amp; López de Prado (2014), The Deflated Sharpe Ratio. The benchmark of the probabilistic Sharpe
/// ratio is the expected best of N tries, √V·((1−γ)·Φ⁻¹(1 − 1/N) + γ·Φ⁻¹(1 − 1/(N·e))), γ Euler–Mascheroni.
/// </remarks>
public static class DeflatedSharpe
{
    private const double EulerMascheroni = 0.57721566490153286;

    /// <summary>
    /// <paramref name="trialVariance"/>: variance of the tries' Sharpe ratios per period. NaN when it was not
    /// measured: then 1/(T − 1), what worthless tries scatter by chance over T periods.
    /// </summary>
    /// <returns>0–1; NaN when a moment is unavailable.</returns>
    public static double Of(double sharpe, int periods, double skewness, double kurtosis, int trials,
        double trialVariance = double.NaN)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        if (periods < 2) return double.NaN;
        var variance = double.IsNaN(trialVariance) ? 1.0 / (periods - 1) : trialVariance;
        var luck = Math.Sqrt(variance) * ExpectedMaximum(trials);
        return ProbabilisticSharpe.Of(sharpe, luck, periods, skewness, kurtosis);
    }

    /// <summary>Expected greatest of <paramref name="n"/> standard normal draws; 0 for one.</summary>
    public static double ExpectedMaximum(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        return n == 1
            ? 0
            : ((1 - EulerMascheroni) * NormalDistribution.Quantile(1 - (1.0 / n)))
                + (EulerMascheroni * NormalDistribution.Quantile(1 - (1.0 / (n * Math.E))));
    }
}
