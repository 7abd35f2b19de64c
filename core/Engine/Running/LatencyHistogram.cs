namespace FuturesBot.Engine.Running;

/// <summary>
/// How long something took, counted in steps from 50 µs to a minute. Adding allocates nothing; safe from many threads.
/// </summary>
public sealed class LatencyHistogram
{
    private static readonly double[] Bounds =
    [
        0.05, 0.1, 0.2, 0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1_000, 1_500, 2_000, 3_000,
        5_000, 7_500, 10_000, 15_000, 30_000, 60_000,
    ];

    private readonly long[] _counts = new long[Bounds.Length + 1];

    /// <summary>Upper bounds of the steps, milliseconds; one more step holds what is above the last.</summary>
    public static IReadOnlyList<double> BoundsMs => Bounds;

    /// <summary>How many values fell into each step.</summary>
    public long[] Counts => Array.ConvertAll(Enumerable.Range(0, _counts.Length).ToArray(), i => Interlocked.Read(ref _counts[i]));

    public long Count => Counts.Sum();

    /// <summary>The bound below which so much of all values lie; NaN without a value, infinite above the last.</summary>
    /// <param name="share">0–1, such as 0.95.</param>
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

    /// <summary>A negative time counts as the shortest: two clocks disagree by less than it takes. NaN is left out.</summary>
    public void Add(double ms)
    {
        if (double.IsNaN(ms)) return;
        var step = Array.BinarySearch(Bounds, ms);
        Interlocked.Increment(ref _counts[step >= 0 ? step : ~step]);
    }

    public void Add(TimeSpan time) => Add(time.TotalMilliseconds);
}
