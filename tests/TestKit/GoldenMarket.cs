using FuturesBot.Domain.Market;

namespace FuturesBot.TestKit;

/// <summary>
/// The deterministic candles of the golden vectors (spec 2.1): an integer linear congruential
/// generator, so that any language reproduces them bit for bit.
/// </summary>
public static class GoldenMarket
{
    /// <summary>The first <paramref name="count"/> bars, with taker volume, from <paramref name="openTimeMs"/> on.</summary>
    public static Candle[] Bars(int count, TimeFrame frame = TimeFrame.M15, long openTimeMs = 0)
    {
        var state = 12345L;
        var price = 10_000L;
        var bars = new Candle[count];
        for (var i = 0; i < count; i++)
        {
            var open = price;
            var close = open + Next(101) - 50;
            var high = Math.Max(open, close) + Next(31);
            var low = Math.Min(open, close) - Next(31);
            var volume = 100 + Next(900);
            var takerBuy = Next(volume + 1);
            price = close;
            bars[i] = new Candle(
                openTimeMs + (i * frame.Ms()), open / 100.0, high / 100.0, low / 100.0, close / 100.0, volume, TakerBuyVolume: takerBuy);
        }

        return bars;

        long Next(long below)
        {
            state = ((1103515245L * state) + 12345L) % (1L << 31);
            return (state >> 8) % below;
        }
    }
}
