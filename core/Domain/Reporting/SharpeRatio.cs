namespace FuturesBot.Domain.Reporting;

/// <summary>Mean result over its spread, for one period.</summary>
/// <remarks>Sharpe (1994), The Sharpe Ratio, Journal of Portfolio Management 21. Spread with n − 1.</remarks>
public static class SharpeRatio
{
    /// <summary>Not annualised; NaN below two periods or without spread.</summary>
    public static double PerPeriod(ReadOnlySpan<double> results, double benchmark = 0)
    {
        var moments = Moments.Of(results);
        return moments.StandardDeviation > 0
            ? (moments.Mean - benchmark) / moments.StandardDeviation
            : double.NaN;
    }

    /// <summary>Times √(periods per year): right when periods do not depend on each other.</summary>
    public static double Annualised(ReadOnlySpan<double> results, int periodsPerYear) =>
        PerPeriod(results) * Math.Sqrt(periodsPerYear);
}
