namespace FuturesBot.Domain.Reporting;

/// <summary>Mean and shape of a sample.</summary>
/// <param name="StandardDeviation">With n − 1; NaN below two values.</param>
/// <param name="Skewness">Population skewness m₃ / m₂^1.5; NaN without spread.</param>
/// <param name="Kurtosis">Population kurtosis m₄ / m₂², <b>not</b> excess: 3 for a normal sample.</param>
public readonly record struct Moments(
    int N, double Mean, double StandardDeviation, double Skewness, double Kurtosis)
{
    public static Moments Of(ReadOnlySpan<double> values)
    {
        var n = values.Length;
        if (n == 0) return new(0, double.NaN, double.NaN, double.NaN, double.NaN);

        double sum = 0;
        foreach (var value in values) sum += value;
        var mean = sum / n;

        double m2 = 0, m3 = 0, m4 = 0;
        foreach (var value in values)
        {
            var d = value - mean;
            m2 += d * d;
            m3 += d * d * d;
            m4 += d * d * d * d;
        }

        var deviation = n < 2 ? double.NaN : Math.Sqrt(m2 / (n - 1));
        (m2, m3, m4) = (m2 / n, m3 / n, m4 / n);
        return m2 > 0
            ? new(n, mean, deviation, m3 / (m2 * Math.Sqrt(m2)), m4 / (m2 * m2))
            : new(n, mean, deviation, double.NaN, double.NaN);
    }
}
