namespace FuturesBot.Adapters.Pictures;

/// <summary>Pushes labels apart that would cover each other, each as little as possible.</summary>
internal static class LabelSpread
{
    /// <summary>Places in the order of <paramref name="wanted"/>, at least <paramref name="gap"/> apart and inside the bounds.</summary>
    /// <remarks>
    /// With i·gap taken off, "at least a gap apart" is "never falling": the nearest such row is found by pooling neighbours that
    /// fall (isotonic regression).
    /// </remarks>
    /// <exception cref="ArgumentException">So many do not fit between the bounds.</exception>
    public static double[] Apart(IReadOnlyList<double> wanted, double gap, double least, double most)
    {
        if (wanted.Count > 0 && (wanted.Count - 1) * gap > most - least)
            throw new ArgumentException($"{wanted.Count} labels of {gap} do not fit between {least} and {most}", nameof(wanted));

        var order = Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i]).ThenBy(i => i).ToArray();
        var pools = new List<(double Sum, int Count)>();
        for (var i = 0; i < order.Length; i++)
        {
            pools.Add((wanted[order[i]] - (i * gap), 1));
            while (pools.Count > 1 && Mean(pools[^2]) > Mean(pools[^1]))
            {
                pools[^2] = (pools[^2].Sum + pools[^1].Sum, pools[^2].Count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }
        }

        var places = new double[wanted.Count];
        var at = 0;
        foreach (var pool in pools)
        {
            for (var i = 0; i < pool.Count; i++, at++)
                places[order[at]] = Math.Clamp(Mean(pool), least, most - ((order.Length - 1) * gap)) + (at * gap);
        }

        return places;
    }

    private static double Mean((double Sum, int Count) pool) => pool.Sum / pool.Count;
}
