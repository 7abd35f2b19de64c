namespace FuturesBot.Domain.Reporting;

/// <summary>How long a record must be before it says anything.</summary>
public static class TrackRecordLength
{
    /// <summary>
    /// Periods until a Sharpe ratio above <paramref name="benchmark"/> is believed with probability
    /// <paramref name="confidence"/>.
    /// </summary>
    /// <remarks>
    /// Bailey &amp; López de Prado (2012): 1 + (1 − γ₃·SR + (γ₄−1)/4·SR²)·(Φ⁻¹(α) / (SR − SR*))².
    /// </remarks>
    /// <returns>NaN when the ratio is not above the benchmark: no length is enough.</returns>
    public static double MinimumPeriods(double sharpe, double skewness, double kurtosis, double benchmark = 0,
        double confidence = 0.95)
    {
        if (!(sharpe > benchmark)) return double.NaN;
        var z = NormalDistribution.Quantile(confidence) / (sharpe - benchmark);
        return 1 + (ProbabilisticSharpe.Variance(sharpe, skewness, kurtosis) * z * z);
    }

    /// <summary>
    /// Years of data below which the best of <paramref name="trials"/> worthless configurations is expected
    /// to show an annual Sharpe ratio of <paramref name="sharpe"/>.
    /// </summary>
    /// <remarks>
    /// Bailey, Borwein, López de Prado &amp; Zhu (2014), Pseudo-mathematics and financial charlatanism.
    /// </remarks>
    public static double MinimumBacktestYears(int trials, double sharpe)
    {
        var luck = DeflatedSharpe.ExpectedMaximum(trials) / sharpe;
        return luck * luck;
    }
}
