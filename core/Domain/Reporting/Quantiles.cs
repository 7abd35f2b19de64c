namespace FuturesBot.Domain.Reporting;

/// <summary>
/// Quantiles with linear interpolation between order statistics (Hyndman &amp; Fan 1996, type 7).
/// </summary>
public static class Quantiles
{
    /// <summary><paramref name="sorted"/> ascending; NaN when empty.</summary>
    public static double OfSorted(ReadOnlySpan<double> sorted, double p)
    {
        if (sorted.IsEmpty) return double.NaN;
        var at = p * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 >= sorted.Length
            ? sorted[^1]
            : sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]));
    }
}
