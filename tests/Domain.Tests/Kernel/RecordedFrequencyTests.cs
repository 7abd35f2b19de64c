using System.Globalization;
using System.IO.Compression;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Kernel;

/// <summary>How often setups trigger on recordings, held against the frequencies that spec 2.8 measured.</summary>
public sealed class RecordedFrequencyTests
{
    private static readonly Lazy<(Dictionary<string, int> Triggers, double Months)> Counted = new(Count);

    // Measured over the same recordings, but to whole numbers and with an implementation of its own: a fifth to
    // either side is what different readings of the same rule make; a wrong reading was off by more.
    private const double Tolerance = 0.2;

    [Theory]
    [InlineData("LiquiditySweep fade", 7)]
    [InlineData("LiquiditySweep continuation", 11)]
    [InlineData("VolumeProfile accept", 6)]
    [InlineData("VolumeProfile reject", 25)]
    [InlineData("ActionPrice", 39.5)]
    public void Triggers_PerSymbolAndMonth_AreAsMeasured(string setup, double expected)
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);

        var (triggers, months) = Counted.Value;

        Assert.InRange(months, 14, 16);
        Assert.InRange(triggers.GetValueOrDefault(setup) / months, expected * (1 - Tolerance), expected * (1 + Tolerance));
    }

    private static (Dictionary<string, int> Triggers, double Months) Count()
    {
        var triggers = new Dictionary<string, int>(StringComparer.Ordinal);
        var bars = 0L;
        foreach (var symbol in new[] { "AVAXUSDT", "FILUSDT", "LINKUSDT", "LTCUSDT" })
        {
            var transcript = new Transcript { OnlyVerdicts = true };
            var listing = new SymbolListing(Symbol.Parse(symbol), SymbolRules.FromTick(symbol == "LTCUSDT" ? 0.01m : 0.001m));
            var run = new KernelRun(KernelOptions.Default, [listing], transcript, PipelineDepth.FirstNo, context: false);
            var files = Directory.GetFiles(SharedData.Path("klines-um-1m"), $"{symbol}-1m-*.csv.gz").Order(StringComparer.Ordinal);
            foreach (var batch in Batches(files))
            {
                run.Feed(batch);
                bars++;
            }

            foreach (var (name, count) in transcript.Triggers) triggers[name] = triggers.GetValueOrDefault(name) + count;
        }

        return (triggers, bars / (30.4 * 96));
    }

    private static IEnumerable<ClosedBatch> Batches(IEnumerable<string> files)
    {
        TimeFrame[] frames = [TimeFrame.D1, TimeFrame.H4, TimeFrame.H1, TimeFrame.M15];
        var builders = frames.Select(frame => new Resampler(TimeFrame.M1, frame)).ToArray();
        foreach (var minute in files.SelectMany(Read))
        {
            var candles = new List<FeedCandle>();
            for (var f = 0; f < frames.Length; f++)
            {
                if (builders[f].TryAdd(minute, out var bar)) candles.Add(new(0, frames[f], bar));
            }

            if (candles.Count > 0) yield return new(minute.CloseTimeMs(TimeFrame.M1), candles);
        }
    }

    private static IEnumerable<Candle> Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();   // the header
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            yield return new(
                long.Parse(cells[0], CultureInfo.InvariantCulture), Number(cells[1]), Number(cells[2]), Number(cells[3]),
                Number(cells[4]), Number(cells[5]), TakerBuyVolume: Number(cells[9]));
        }

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
