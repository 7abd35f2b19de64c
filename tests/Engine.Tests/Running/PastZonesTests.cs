using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Running;

public sealed class PastZonesTests
{
    private const long Start = 1_760_832_000_000;   // Sun 19 Oct 2025, 00:00 UTC
    private const int Days = 60;

    [Fact]
    public async Task At_TimesOfALongPast_IsWhatAStoreThatEndsThereWouldSay()
    {
        var whole = await StoreAsync(untilMs: Start + (Days * TimeFrame.D1.Ms()));
        long[] closes = [.. Enumerable.Range(0, 6).Select(i => Start + (50 * TimeFrame.D1.Ms()) + (i * 7 * TimeFrame.H1.Ms()))];

        var zones = await PastZones.AtAsync(whole, Symbol.Btc, closes);

        var (known, changes) = (zones[0]!, 0);
        Assert.NotEmpty(known);
        for (var i = 0; i < closes.Length; i++)
        {
            if (i > 0 && zones[i] is not null) changes++;
            known = zones[i] ?? known;
            // The same times up to here, because what is ripe begins with the first of them.
            var until = await StoreAsync(closes[i]);
            var alone = await PastZones.AtAsync(until, Symbol.Btc, closes[..(i + 1)]);
            Assert.Equal(alone.Last(at => at is not null), known);
        }

        Assert.True(changes > 0, "no zone ever changed: this test shows nothing");
    }

    [Fact]
    public async Task At_NoTimes_IsNothing() => Assert.Empty(await PastZones.AtAsync(new MemoryCandleStore(), Symbol.Btc, []));

    private static async Task<MemoryCandleStore> StoreAsync(long untilMs)
    {
        var store = new MemoryCandleStore();
        foreach (var frame in (TimeFrame[])[TimeFrame.H1, TimeFrame.H4, TimeFrame.D1])
        {
            await store.AppendAsync(
                new(Symbol.Btc, frame),
                Enumerable.Range(0, (int)(Days * TimeFrame.D1.Ms() / frame.Ms())).Select(i => At(frame, Start + (i * frame.Ms())))
                    .Where(candle => candle.CloseTimeMs(frame) <= untilMs).ToArray());
        }

        return store;
    }

    // Waves of a day and of nine days: swings on every frame, and prices that return to them.
    private static Candle At(TimeFrame frame, long openMs)
    {
        var (open, close) = (Price(openMs), Price(openMs + frame.Ms()));
        return new(openMs, open, Math.Max(open, close) + 0.2, Math.Min(open, close) - 0.2, close, 10, 1_000, 5, 3);
    }

    private static double Price(long ms)
    {
        var hours = (ms - Start) / 3_600_000.0;
        return 100 + (4 * Math.Sin(hours / 24 * 2 * Math.PI)) + (9 * Math.Sin(hours / 216 * 2 * Math.PI));
    }
}
