using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>Waits for a moment of market time.</summary>
internal static class MarketWait
{
    // The exchange's clock is set anew from time to time: a long wait looks again in between.
    private static readonly TimeSpan LookMax = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookMin = TimeSpan.FromMilliseconds(1);

    public static async Task UntilAsync(this IExchangeClock clock, long marketMs, TimeProvider time, CancellationToken cancel)
    {
        for (long left; (left = marketMs - clock.NowMs) > 0;)
        {
            var wait = TimeSpan.FromMilliseconds(Math.Min(left / clock.Speed, LookMax.TotalMilliseconds));
            await Task.Delay(wait > LookMin ? wait : LookMin, time, cancel);
        }
    }
}
