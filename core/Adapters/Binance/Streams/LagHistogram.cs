namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>How long messages were under way, counted in steps. Written by one thread at a time, read by any.</summary>
public sealed class LagHistogram
{
    private static readonly int[] Bounds = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

    private readonly long[] _counts = new long[Bounds.Length + 1];

    /// <summary>Upper bounds of the steps, milliseconds; one more step holds what is above the last.</summary>
    public static IReadOnlyList<int> BoundsMs => Bounds;

    /// <summary>How many messages fell into each step.</summary>
    public IReadOnlyList<long> Counts => [.. Enumerable.Range(0, _counts.Length).Select(i => Interlocked.Read(ref _counts[i]))];

    /// <summary>The bound below which so much of all messages lie; NaN when there are none, infinite above the last.</summary>
    /// <param name="share">0–1, such as 0.99.</param>
    public double QuantileMs(double share)
    {
        var counts = Counts;
        var wanted = share * counts.Sum();
        if (wanted <= 0) return double.NaN;

        var below = 0L;
        for (var i = 0; i < Bounds.Length; i++)
        {
            below += counts[i];
            if (below >= wanted) return Bounds[i];
        }

        return double.PositiveInfinity;
    }

    internal void Add(double lagMs)
    {
        var step = 0;
        while (step < Bounds.Length && lagMs > Bounds[step]) step++;
        Interlocked.Increment(ref _counts[step]);
    }
}
