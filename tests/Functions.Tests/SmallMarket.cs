using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.TestKit;
using FeedCandle = FuturesBot.Engine.Running.FeedCandle;

namespace FuturesBot.Functions.Tests;

/// <summary>A generated market of two symbols in which a signal is found with the third closing time.</summary>
internal static class SmallMarket
{
    /// <summary>Closing times that a test needs at most: the signal is moved with the fourth, seventh, 13th, 14th and 18th.</summary>
    private const int Closings = 40;

    private static readonly TimeFrame[] Stored = [TimeFrame.M15, TimeFrame.H1, TimeFrame.H4, TimeFrame.D1];
    private static readonly Lazy<GeneratedFeed> Feed = new(() => new(seed: 5, days: 14, symbols: 2));

    /// <summary>Up to here candles are stored; what closes later comes in batches.</summary>
    public const long LiveMs = GeneratedFeed.StartMs + (12L * 86_400_000) + (148L * 900_000);

    public static IReadOnlyList<SymbolListing> Listings => Feed.Value.Listings;

    public static ShardSetup Setup => new(new("simulated", 5, "", GeneratedFeed.StartMs, LiveMs, LiveMs), Listings);

    /// <summary>Puts all candles into a store that close up to a moment.</summary>
    public static async Task StoreAsync(ICandleStore store, long untilMs, CancellationToken cancel)
    {
        for (var i = 0; i < Listings.Count; i++)
        {
            foreach (var frame in Stored)
                await store.AppendAsync(new(Listings[i].Symbol, frame), Feed.Value.Bars(i, frame).Where(bar => bar.CloseTimeMs(frame) <= untilMs).ToArray(), cancel);
        }
    }

    /// <summary>The first closing times, each as one batch.</summary>
    public static IEnumerable<MarketBatch> Batches(int count) =>
        from closing in Feed.Value.Batches().Where(closing => closing.CloseMs > LiveMs).Take(Math.Min(count, Closings))
        select new MarketBatch
        {
            Shard = "main",
            Number = 0,
            CloseMs = closing.CloseMs,
            Candles = [.. closing.Candles.Select(closed => new FeedCandle(new(Listings[closed.Desk].Symbol, closed.Frame), closed.Candle))],
        };
}
