namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Exponential back-off with full jitter: many that fail together do not come back together. Safe from many threads.
/// </summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Random random)
{
    // 2^30 times any first wait is beyond every longest one; more would overflow.
    private const int DoublingsMax = 30;

    /// <param name="failures">In a row, before this attempt; at 0 there is no wait.</param>
    public TimeSpan Delay(int failures) =>
        failures <= 0 ? TimeSpan.Zero : Share(TimeSpan.FromSeconds(
            Math.Min(longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, DoublingsMax)))));

    /// <summary>A moment from now up to <paramref name="span"/>, by chance.</summary>
    public TimeSpan Share(TimeSpan span)
    {
        lock (random) return span * random.NextDouble();
    }
}
