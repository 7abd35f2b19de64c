using System.Globalization;
using System.IO.Compression;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Kernel;

/// <summary>Action Price on three months of 15 symbols, counted by the kernel and by a loop of its own.</summary>
public sealed class RecordedActionPriceTests
{
    private const int Patterns = 1_934;   // spec 1.8, structure note (d)
    private const int Ripe = 1_200;

    private static readonly Lazy<List<(Symbol Symbol, Candle[] Bars)>> Recorded = new(Read);

    [Fact]
    public void Patterns_OnRecordings_AreAsManyAsMeasured()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);

        var byHand = Recorded.Value.Sum(series => ByHand(series.Bars).Count);
        var byKernel = Recorded.Value.Sum(series => ByKernel(series.Symbol, series.Bars, everything: true).Count);

        Assert.Equal(15, Recorded.Value.Count);
        Assert.Equal(Patterns, byHand);
        Assert.Equal(Patterns, byKernel);
    }

    [Fact]
    public void Patterns_OnRecordings_AreTheSameBarsAsByHand()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);

        foreach (var (symbol, bars) in Recorded.Value)
            Assert.Equal(ByHand(bars), ByKernel(symbol, bars, everything: true));
    }

    [Fact]
    public void Modes_OnRecordings_AreSharedAsMeasured()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);

        var all = Recorded.Value.Sum(series => ByKernel(series.Symbol, series.Bars, everything: true).Count);
        var traded = Recorded.Value.Sum(series => ByKernel(series.Symbol, series.Bars, everything: false).Count);
        var standard = Recorded.Value.Sum(series => ByKernel(series.Symbol, series.Bars, everything: false, scalpScore: 3).Count);

        // 84 % STANDARD, 11 % SCALP, 5 % SKIP.
        Assert.InRange((double)standard / all, 0.835, 0.845);
        Assert.InRange((double)(all - traded) / all, 0.045, 0.055);
    }

    /// <summary>Open times of the initiators and their side; EMA200 seeded with the mean of the first 200 closes.</summary>
    private static List<(long OpenMs, Side Side)> ByHand(Candle[] bars)
    {
        var found = new List<(long, Side)>();
        var ema = bars.Take(200).Average(bar => bar.Close);
        for (var i = 200; i < bars.Length; i++)
        {
            var (initiator, before) = (bars[i - 1], ema);
            ema += 2.0 / 201 * (bars[i].Close - ema);
            if (i + 1 < Ripe) continue;
            if (initiator.Open < before && before < initiator.Close && bars[i].Close > ema && bars[i].Low > ema)
                found.Add((initiator.OpenTimeMs, Side.Long));
            if (initiator.Open > before && before > initiator.Close && bars[i].Close < ema && bars[i].High < ema)
                found.Add((initiator.OpenTimeMs, Side.Short));
        }

        return found;
    }

    private static List<(long OpenMs, Side Side)> ByKernel(Symbol symbol, Candle[] bars, bool everything, int? scalpScore = null)
    {
        var strategy = new ActionPrice(new() { ScalpScore = scalpScore ?? (everything ? -100 : 1) });
        var transcript = new Transcript { OnlyVerdicts = true };
        var listing = new SymbolListing(symbol, SymbolRules.FromTick(0.00001m));
        var run = new KernelRun(
            KernelOptions.Default, [listing], transcript, PipelineDepth.FirstNo, context: false, strategies: [strategy]);
        foreach (var bar in bars)
            run.Feed(new(bar.CloseTimeMs(TimeFrame.M15), [new(0, TimeFrame.M15, bar)]));
        return [.. transcript.Verdicts.Select(verdict => (verdict.AtMs - (2 * TimeFrame.M15.Ms()), verdict.Kind.Side))];
    }

    private static List<(Symbol Symbol, Candle[] Bars)> Read()
    {
        var all = Directory.GetFiles(SharedData.Path("klines-um-5m-15m"), "*-15m.csv.gz").Order(StringComparer.Ordinal)
            .Select(path => (Symbol: Symbol.Parse(Path.GetFileName(path).Split('-')[0]), Bars: ReadFile(path).ToArray()));

        // Measured over the symbols that were there from the first day on.
        var first = DateTimeOffset.Parse("2025-07-05T00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        return [.. all.Where(series => series.Bars[0].OpenTimeMs < first)];
    }

    private static IEnumerable<Candle> ReadFile(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();   // the header
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            yield return new(
                long.Parse(cells[0], CultureInfo.InvariantCulture), Number(cells[1]), Number(cells[2]), Number(cells[3]),
                Number(cells[4]), Number(cells[5]));
        }

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
