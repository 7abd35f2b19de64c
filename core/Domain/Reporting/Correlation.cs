namespace FuturesBot.Domain.Reporting;

/// <summary>Do two series of returns move together? +1 always, 0 no connection, −1 the reverse.</summary>
/// <remarks>Pearson's correlation of paired values.</remarks>
public static class Correlation
{
    /// <summary>NaN below three pairs, or when one side is all the same. Pairs with a NaN are left out.</summary>
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"{x.Length} values against {y.Length}", nameof(y));
        double meanX = 0, meanY = 0, xx = 0, yy = 0, xy = 0;
        var n = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(x[i]) || double.IsNaN(y[i])) continue;
            n++;
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            meanX += dx / n;
            meanY += dy / n;
            xx += dx * (x[i] - meanX);
            yy += dy * (y[i] - meanY);
            xy += dx * (y[i] - meanY);
        }

        return n >= 3 && xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : double.NaN;
    }
}
