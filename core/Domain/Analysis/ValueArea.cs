namespace FuturesBot.Domain.Analysis;

/// <summary>Point of control and value area of a histogram, as bin numbers (spec 2.6).</summary>
/// <param name="Poc">The bin with the most volume.</param>
/// <param name="Low">Lowest bin of the value area.</param>
/// <param name="High">Highest bin of the value area.</param>
/// <param name="Volume">Volume within it.</param>
public readonly record struct ValueArea(int Poc, int Low, int High, double Volume)
{
    /// <summary>Part of the volume that the value area has to hold.</summary>
    public const double Share = 0.70;

    /// <summary>The value area of bins ordered from the lowest price to the highest.</summary>
    /// <exception cref="ArgumentException">There are no bins.</exception>
    public static ValueArea Of(ReadOnlySpan<double> bins, ValueAreaRule rule)
    {
        var total = 0.0;
        foreach (var bin in bins) total += bin;
        return Of(bins, total, rule);
    }

    /// <summary>As above with the sum of the bins known.</summary>
    public static ValueArea Of(ReadOnlySpan<double> bins, double total, ValueAreaRule rule)
    {
        if (bins.IsEmpty) throw new ArgumentException("There were no bins", nameof(bins));
        var poc = PocOf(bins);
        var (low, high) = (poc, poc);
        var inside = bins[poc];
        var enough = Share * total;
        var step = rule == ValueAreaRule.Pair ? 2 : 1;
        while (inside < enough && high - low + 1 < bins.Length)
        {
            // A side without bins left is never the larger one, whatever the other holds.
            var top = Math.Min(high + step, bins.Length - 1);
            var bottom = Math.Max(low - step, 0);
            var above = top > high ? Sum(bins, high + 1, top) : -1;
            var below = bottom < low ? Sum(bins, bottom, low - 1) : -1;
            if (above >= below)
            {
                high = top;
                inside += above;
            }
            else
            {
                low = bottom;
                inside += below;
            }
        }

        return new(poc, low, high, inside);
    }

    /// <summary>The largest bin; tie → nearest to the middle of the profile, then the higher price.</summary>
    private static int PocOf(ReadOnlySpan<double> bins)
    {
        var poc = 0;
        var most = bins[0];
        for (var i = 1; i < bins.Length; i++)
        {
            if (bins[i] < most) continue;
            if (bins[i] == most && FromMiddle(i, bins.Length) > FromMiddle(poc, bins.Length)) continue;
            most = bins[i];
            poc = i;
        }

        return poc;
    }

    /// <summary>Twice the distance from the middle, in bins.</summary>
    private static int FromMiddle(int bin, int bins) => Math.Abs((2 * bin) - (bins - 1));

    private static double Sum(ReadOnlySpan<double> bins, int from, int to) =>
        from == to ? bins[from] : bins[from] + bins[to];
}
