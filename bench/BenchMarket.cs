using FuturesBot.Domain.Market;

namespace FuturesBot.Bench;

/// <summary>A seeded walk near 60,000 with ticks of 0.1, clustered steps and plausible volume.</summary>
internal static class BenchMarket
{
    private const int Seed = 7;

    public static Candle[] Bars(int count) => Walk(count, Seed);

    /// <summary>Candles from 2024-01-01 on.</summary>
    public static Candle[] Walk(int count, int seed)
    {
        var start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var random = new Random(seed);
        var bars = new Candle[count];
        double price = 60_000, spread = 60;
        for (var i = 0; i < count; i++)
        {
            spread = Math.Clamp(spread * (0.9 + (0.2 * random.NextDouble())), 20, 300);
            var open = price;
            var close = Math.Round(open + ((random.NextDouble() - 0.5) * spread), 1);
            var high = Math.Round(Math.Max(open, close) + (random.NextDouble() * spread / 3), 1);
            var low = Math.Round(Math.Min(open, close) - (random.NextDouble() * spread / 3), 1);
            var volume = Math.Round(20 + (random.NextDouble() * 400), 3);
            bars[i] = new(
                start + (i * TimeFrame.M15.Ms()), open, high, low, close, volume,
                QuoteVolume: volume * close, TakerBuyVolume: Math.Round(volume * random.NextDouble(), 3));
            price = close;
        }

        return bars;
    }
}
