namespace FuturesBot.Domain.Reporting;

/// <summary>Do higher scores bring higher results? +1 always, 0 no connection, −1 the reverse.</summary>
/// <remarks>Spearman (1904): the correlation of ranks; ties share the mean of their ranks.</remarks>
public static class RankCorrelation
{
    /// <summary>NaN below three pairs, or when one side is all the same.</summary>
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"{x.Length} values against {y.Length}", nameof(y));
        if (x.Length < 3) return double.NaN;

        var (a, b) = (Ranks(x), Ranks(y));
        var mean = (x.Length + 1) / 2.0;
        double ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            ab += (a[i] - mean) * (b[i] - mean);
            aa += (a[i] - mean) * (a[i] - mean);
            bb += (b[i] - mean) * (b[i] - mean);
        }

        return aa > 0 && bb > 0 ? ab / Math.Sqrt(aa * bb) : double.NaN;
    }

    /// <summary>1 … n in the order given; equal values share their mean rank.</summary>
    public static double[] Ranks(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(sorted, order);

        var ranks = new double[order.Length];
        for (var from = 0; from < order.Length;)
        {
            var to = from;
            while (to + 1 < order.Length && sorted[to + 1] == sorted[from]) to++;
            for (var i = from; i <= to; i++) ranks[order[i]] = ((from + to) / 2.0) + 1;
            from = to + 1;
        }

        return ranks;
    }
}
