namespace FuturesBot.Domain.Reporting;

/// <summary>Mean result over the spread of what fell short of a target.</summary>
/// <remarks>
/// Sortino &amp; Price (1994), Performance Measurement in a Downside Risk Framework.
/// (mean − target) / √(mean of min(0, r − target)²), over <b>all</b> periods.
/// </remarks>
public static class SortinoRatio
{
    /// <summary>Not annualised; NaN when no period fell short.</summary>
    public static double PerPeriod(ReadOnlySpan<double> results, double target = 0)
    {
        double sum = 0, squares = 0;
        foreach (var result in results)
        {
            sum += result - target;
            var shortfall = Math.Min(0, result - target);
            squares += shortfall * shortfall;
        }

        return squares > 0 ? sum / results.Length / Math.Sqrt(squares / results.Length) : double.NaN;
    }

    public static double Annualised(ReadOnlySpan<double> results, int periodsPerYear, double target = 0) =>
        PerPeriod(results, target) * Math.Sqrt(periodsPerYear);
}
