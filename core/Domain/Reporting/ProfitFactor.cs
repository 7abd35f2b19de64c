namespace FuturesBot.Domain.Reporting;

/// <summary>What the winning trades brought for each R that the losing ones took.</summary>
public static class ProfitFactor
{
    /// <summary>From 0 up; NaN when nothing was lost: there is then nothing to divide by.</summary>
    public static double Of(ReadOnlySpan<double> results)
    {
        double won = 0, lost = 0;
        foreach (var result in results)
        {
            if (result > 0) won += result;
            else lost -= result;
        }

        return lost > 0 ? won / lost : double.NaN;
    }
}
