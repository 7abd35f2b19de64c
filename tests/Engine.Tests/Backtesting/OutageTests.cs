using System.Globalization;
using System.IO.Compression;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Backtesting;

/// <summary>
/// The exchange was down on 2025-08-29 from 06:20 to 06:34 UTC: three 5m bars without a trade, and a recorded
/// 15m bar that is not their naive sum.
/// </summary>
public sealed class OutageTests
{
    private const long FromMs = 1_756_425_600_000;   // 2025-08-29 00:00
    private const long QuarterPastMs = FromMs + ((6 * 60 + 15) * 60_000L);
    private const long HalfPastMs = QuarterPastMs + 900_000;

    private static readonly long[] EmptyMs = [QuarterPastMs + 300_000, QuarterPastMs + 600_000, HalfPastMs];

    [Fact]
    public void Merge_WithBothFrames_GivesTheRecordedQuarterHour()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);
        var recorded = Read("15m");

        var merged = Merged(new MemoryCandles((M5, Read("5m")), (M15, recorded)));

        Assert.Equal(recorded, merged);
        Assert.Equal(110_966.3, merged.Single(bar => bar.OpenTimeMs == HalfPastMs).Open);
    }

    [Fact]
    public void Merge_WithFiveMinutesAlone_SumsWhatIsThere()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);

        var merged = Merged(new MemoryCandles((M5, Read("5m"))));

        Assert.Equal(96, merged.Length);
        Assert.Equal(110_966.4, merged.Single(bar => bar.OpenTimeMs == HalfPastMs).Open);   // of the empty bar
    }

    [Fact]
    public void Merge_WithoutTheEmptyBars_InventsNoQuarterHour()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);
        var bars = Read("5m");
        Assert.All(EmptyMs, openMs => Assert.Equal(0, bars.Single(bar => bar.OpenTimeMs == openMs).Volume));

        var merged = Merged(new MemoryCandles((M5, [.. bars.Where(bar => !EmptyMs.Contains(bar.OpenTimeMs))])));

        Assert.Equal(94, merged.Length);
        Assert.DoesNotContain(merged, bar => bar.OpenTimeMs is QuarterPastMs or HalfPastMs);
    }

    [Fact]
    public void Run_WithBothFrames_ReportsTheMismatch()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);
        var source = new MemoryCandles((M5, Read("5m")), (M15, Read("15m")));

        var result = new BacktestRunner(source, TimeProvider.System).Run(
            new(), ledger: null, progress: null, TestContext.Current.CancellationToken);

        Assert.Equal(1, result.FrameMismatches);
    }

    private static SeriesInfo M5 => new(Symbol.Btc, TimeFrame.M5);

    private static SeriesInfo M15 => new(Symbol.Btc, TimeFrame.M15);

    private static Candle[] Merged(ICandleSource source)
    {
        using var merge = ChronologicalMerge.Open(source, [TimeFrame.M15]);
        var bars = new List<Candle>();
        while (merge.TryReadBatch(out _))
        {
            foreach (ref readonly var merged in merge.Batch)
            {
                if (merge.Series[merged.Series].Info == M15) bars.Add(merged.Candle);
            }
        }

        return [.. bars];
    }

    /// <summary>That day's recorded candles.</summary>
    private static Candle[] Read(string frame)
    {
        var path = SharedData.Path("klines-um-5m-15m", $"BTCUSDT-{frame}.csv.gz");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();   // the header
        var bars = new List<Candle>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            var openMs = long.Parse(cells[0], CultureInfo.InvariantCulture);
            if (openMs is >= FromMs and < FromMs + 86_400_000)
                bars.Add(new(openMs, Number(cells[1]), Number(cells[2]), Number(cells[3]), Number(cells[4]), Number(cells[5])));
        }

        return [.. bars];

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
