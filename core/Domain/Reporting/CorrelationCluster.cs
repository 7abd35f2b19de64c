namespace FuturesBot.Domain.Reporting;

/// <summary>Series of which each is linked to another one of the cluster (spec 2.13).</summary>
/// <param name="Members">Their places, ascending; two or more.</param>
/// <param name="Mean">Mean correlation over all pairs; pairs that cannot be said are left out.</param>
/// <param name="Min">The least of them: it may lie below the threshold, as the ends of a chain do.</param>
public sealed record CorrelationCluster(IReadOnlyList<int> Members, double Mean, double Min)
{
    /// <summary>The largest first, then by first member; series that are linked to none are in no cluster.</summary>
    /// <param name="returns">A row for each series, all of one length; NaN where a series has none.</param>
    /// <param name="threshold">Two series are linked above it.</param>
    public static IReadOnlyList<CorrelationCluster> Of(IReadOnlyList<double[]> returns, double threshold)
    {
        var pairs = new double[returns.Count, returns.Count];
        var root = new int[returns.Count];
        for (var i = 0; i < root.Length; i++) root[i] = i;
        for (var i = 0; i < returns.Count; i++)
        {
            for (var j = i + 1; j < returns.Count; j++)
            {
                pairs[i, j] = Correlation.Of(returns[i], returns[j]);
                if (pairs[i, j] > threshold) root[RootOf(j)] = RootOf(i);
            }
        }

        return
        [
            .. Enumerable.Range(0, root.Length).GroupBy(RootOf).Select(group => group.ToArray()).Where(group => group.Length > 1)
                .Select(Describe).OrderByDescending(cluster => cluster.Members.Count).ThenBy(cluster => cluster.Members[0]),
        ];

        int RootOf(int at)
        {
            while (root[at] != at) at = root[at];
            return at;
        }

        CorrelationCluster Describe(int[] members)
        {
            var inside = (from i in members from j in members where i < j && !double.IsNaN(pairs[i, j]) select pairs[i, j]).ToArray();
            return new(members, inside.Average(), inside.Min());
        }
    }
}
