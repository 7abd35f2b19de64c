using FuturesBot.Domain.Market;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Backtesting;

public sealed class ChronologicalMergeTests
{
    private static readonly Symbol Ada = Symbol.Parse("ADAUSDT"), Btc = Symbol.Btc, Zec = Symbol.Parse("ZECUSDT");

    [Fact]
    public void TryReadBatch_AllCloseTogether_BtcThenHigherFrameThenSymbol()
    {
        (Symbol, TimeFrame)[] series =
            [(Zec, TimeFrame.M15), (Ada, TimeFrame.M15), (Ada, TimeFrame.H1), (Btc, TimeFrame.M15), (Btc, TimeFrame.H1), (Zec, TimeFrame.H1)];
        var source = new MemoryCandles([.. series.Select(s => (new SeriesInfo(s.Item1, s.Item2), Hours(s.Item2, 1)))]);
        using var merge = ChronologicalMerge.Open(source, [TimeFrame.M15, TimeFrame.H1]);

        var batches = ReadAll(merge);

        Assert.Equal(4, batches.Count);
        Assert.Equal("BTCUSDT 15m, ADAUSDT 15m, ZECUSDT 15m", batches[0].Text);
        Assert.Equal(
            "BTCUSDT 1h, BTCUSDT 15m, ADAUSDT 1h, ZECUSDT 1h, ADAUSDT 15m, ZECUSDT 15m", batches[3].Text);
        Assert.Equal([900_000L, 1_800_000L, 2_700_000L, 3_600_000L], batches.Select(batch => batch.Ms));
    }

    [Fact]
    public void TryReadBatch_HigherFrameMissing_IsBuiltInItsPlace()
    {
        var quarters = Hours(TimeFrame.M15, 4);
        var source = new MemoryCandles((new(Ada, TimeFrame.M15), quarters), (new(Ada, TimeFrame.M5), Hours(TimeFrame.M5, 4)));
        using var merge = ChronologicalMerge.Open(source, [TimeFrame.M15, TimeFrame.H1, TimeFrame.H4]);

        var batches = ReadAll(merge);

        Assert.Equal("ADAUSDT 15m", batches[0].Text);
        Assert.Equal("ADAUSDT 1h, ADAUSDT 15m", batches[3].Text);
        Assert.Equal("ADAUSDT 4h, ADAUSDT 1h, ADAUSDT 15m", batches[15].Text);
        var hour = batches[3].Candles[0];
        Assert.Equal(quarters[..4].Max(bar => bar.High), hour.High);
        Assert.Equal(quarters[3].Close, hour.Close);
        Assert.Equal(quarters[0].OpenTimeMs, hour.OpenTimeMs);
        Assert.Equal(TimeFrame.M15, merge.Series.Single(s => s.Info.Frame == TimeFrame.H4).BuiltFrom);
    }

    [Fact]
    public void TryReadBatch_ChildMissing_BuildsNoParent()
    {
        var quarters = Hours(TimeFrame.M15, 2).Where((_, i) => i != 2).ToArray();
        using var merge = ChronologicalMerge.Open(
            new MemoryCandles((new(Ada, TimeFrame.M15), quarters)), [TimeFrame.M15, TimeFrame.H1]);

        var batches = ReadAll(merge);

        Assert.Equal(1, batches.Sum(batch => batch.Text.Contains("1h", StringComparison.Ordinal) ? 1 : 0));
        Assert.Equal(1, merge.ParentsRefused);
        Assert.Equal(7, merge.Counts.Rows);
    }

    [Fact]
    public void Open_ParentOnlyAskedFor_ReadsTheChildToo()
    {
        using var merge = ChronologicalMerge.Open(
            new MemoryCandles((new(Ada, TimeFrame.M15), Hours(TimeFrame.M15, 1))), [TimeFrame.H1]);

        Assert.Equal("ADAUSDT 1h, ADAUSDT 15m", string.Join(", ", merge.Series.Select(s => s.Info)));
    }

    [Fact]
    public void TryReadBatch_ReaderGoesBack_Throws()
    {
        var bars = Hours(TimeFrame.M15, 1);
        using var merge = ChronologicalMerge.Open(
            new MemoryCandles((new(Ada, TimeFrame.M15), [bars[1], bars[0]])), [TimeFrame.M15]);

        Assert.Throws<InvalidOperationException>(() => merge.TryReadBatch(out _));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void TryReadBatch_AnySeries_IsTheSortedWhole(int seed)
    {
        var random = new Random(seed);
        var all = (from symbol in (Symbol[])[Ada, Btc, Zec, Symbol.Parse("ETHUSDT")]
                   from frame in TimeFrames.All
                   where random.Next(3) > 0
                   let bars = GoldenMarket.Bars(random.Next(200), frame, random.Next(5) * TimeFrame.D1.Ms())
                   select (Info: new SeriesInfo(symbol, frame), Bars: bars.Where(_ => random.Next(10) > 0).ToArray()))
            .ToArray();
        var expected = all.SelectMany(s => s.Bars, (s, bar) => (s.Info, Bar: bar))
            .OrderBy(item => item.Bar.CloseTimeMs(item.Info.Frame))
            .ThenBy(item => item.Info.Symbol != Btc)
            .ThenByDescending(item => item.Info.Frame)
            .ThenBy(item => item.Info.Symbol.Name, StringComparer.Ordinal)
            .ToArray();

        using var merge = ChronologicalMerge.Open(new MemoryCandles(all), TimeFrames.All);
        var merged = new List<(SeriesInfo, Candle)>();
        while (merge.TryReadBatch(out var closeMs))
        {
            foreach (var item in merge.Batch)
            {
                var series = merge.Series[item.Series];
                Assert.Equal(closeMs, item.Candle.CloseTimeMs(series.Info.Frame));
                if (series.BuiltFrom is null) merged.Add((series.Info, item.Candle));
            }
        }

        Assert.True(merged.SequenceEqual(expected), $"seed {seed}: {merged.Count} of {expected.Length} candles, or another order");
    }

    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5, 6, 7, 8];

    private static Candle[] Hours(TimeFrame frame, int hours) => GoldenMarket.Bars(hours * 60 / frame.Minutes(), frame);

    private static List<(long Ms, string Text, Candle[] Candles)> ReadAll(ChronologicalMerge merge)
    {
        var batches = new List<(long, string, Candle[])>();
        while (merge.TryReadBatch(out var closeMs))
        {
            var items = merge.Batch.ToArray();
            batches.Add((
                closeMs,
                string.Join(", ", items.Select(item => merge.Series[item.Series].Info)),
                [.. items.Select(item => item.Candle)]));
        }

        return batches;
    }
}
