using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Analysis;

/// <summary>Hand-made bars and the checks that every analysis shares.</summary>
internal static class Hand
{
    public static Candle Bar(
        long index, double open, double high, double low, double close, double volume = 100,
        double taker = double.NaN, TimeFrame frame = TimeFrame.M15) =>
        new(index * frame.Ms(), open, high, low, close, volume, TakerBuyVolume: taker);

    /// <summary>Bars of which only high and low matter.</summary>
    public static Candle[] HighLow(params (double High, double Low)[] bars) =>
        [.. bars.Select((b, i) => Bar(i, (b.High + b.Low) / 2, b.High, b.Low, (b.High + b.Low) / 2))];

    /// <summary>A series of the bars.</summary>
    public static CandleSeries Series(IEnumerable<Candle> bars, TimeFrame frame = TimeFrame.M15)
    {
        var series = new CandleSeries(frame, 512);
        foreach (var bar in bars) series.Append(bar);
        return series;
    }

    /// <summary>A random walk on a tick of 0.01 around 100, with taker volume.</summary>
    public static Candle[] Walk(int count, int seed, TimeFrame frame = TimeFrame.M15, double stepPercent = 0.4)
    {
        var random = new Random(seed);
        var price = 100.0;
        var bars = new Candle[count];
        for (var i = 0; i < count; i++)
        {
            var open = price;
            var close = Math.Max(1, open * (1 + ((random.NextDouble() - 0.5) * stepPercent / 50)));
            var high = Math.Max(open, close) * (1 + (random.NextDouble() * stepPercent / 200));
            var low = Math.Min(open, close) * (1 - (random.NextDouble() * stepPercent / 200));
            var volume = Math.Round(random.NextDouble() * 1000, 3);
            price = Math.Round(close, 2);
            bars[i] = new Candle(
                i * frame.Ms(), Math.Round(open, 2), Math.Round(high, 2), Math.Round(low, 2), price,
                volume, TakerBuyVolume: Math.Round(volume * random.NextDouble(), 3));
        }

        return bars;
    }

    /// <summary>
    /// Cuts a run at several bars, restores the snapshot into a fresh state and goes on: everything that
    /// can be read, and the last snapshot, must be bit-identical to the uncut run.
    /// </summary>
    public static void GoesOnAfterRestoring<TState, TSeen>(
        Func<TState> create, Func<TState, Candle, TSeen> step, IReadOnlyList<Candle> bars)
        where TState : class, IStateful
    {
        var whole = create();
        var expected = bars.Select(bar => step(whole, bar)).ToArray();
        var end = StateSaver.Save(whole);
        foreach (var cut in new[] { 0, 1, bars.Count / 7, bars.Count / 2, bars.Count - 1 })
        {
            var first = create();
            for (var i = 0; i < cut; i++) step(first, bars[i]);
            var snapshot = StateSaver.Save(first);
            var second = create();
            StateRestorer.Restore(second, snapshot);
            Assert.Equal(snapshot, StateSaver.Save(second));
            for (var i = cut; i < bars.Count; i++)
                Assert.True(Equals(expected[i], step(second, bars[i])), $"cut {cut}, bar {i}: {expected[i]}");
            Assert.Equal(end, StateSaver.Save(second));
        }
    }

    /// <summary>Bytes that each call allocates once warm; 0 is the aim.</summary>
    public static long AllocatedBy(Action<Candle> step, IReadOnlyList<Candle> bars)
    {
        foreach (var bar in bars.Take(bars.Count / 2)) step(bar);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = bars.Count / 2; i < bars.Count; i++) step(bars[i]);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
