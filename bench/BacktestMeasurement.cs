using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using FuturesBot.Adapters.Files;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Recording;

namespace FuturesBot.Bench;

/// <summary>
/// The verb <c>backtest [FOLDER]</c>: the whole backtest over kline files, in turns with the reading alone,
/// in one process. Without a folder it writes one: fifty symbols, a year of 15m candles.
/// </summary>
internal static class BacktestMeasurement
{
    private const int Symbols = 50;
    private const int BarsPerYear = 365 * 96;
    private const int Rounds = 5;

    private static readonly TimeFrame[] Frames =
        [TimeFrame.M1, TimeFrame.M5, TimeFrame.M15, TimeFrame.H1, TimeFrame.H4, TimeFrame.D1];

    public static int Run(string? given)
    {
        var folder = given ?? WriteYear();
        try
        {
            var source = KlineFolder.Scan(folder);
            var ticks = Stopwatch.StartNew();
            foreach (var symbol in source.Series.Select(series => series.Symbol).Distinct()) source.RulesOf(symbol);
            Console.WriteLine($"start-up, counted apart: {ticks.Elapsed.TotalSeconds:F2} s to find the ticks");
            (string Name, Func<(long Rows, long Decisions, double Seconds)> Way)[] ways =
            [
                ("reading and merging", () => Read(source)),
                ("backtest, ledger off", () => Backtest(source, LedgerDepth.Off)),
                ("backtest, ledger lean", () => Backtest(source, LedgerDepth.Lean)),
            ];
            var seconds = ways.Select(_ => new List<double>()).ToArray();
            var (rows, decisions) = (0L, 0L);
            for (var round = 0; round < Rounds; round++)
            {
                for (var i = 0; i < ways.Length; i++)
                {
                    var measured = ways[i].Way();
                    seconds[i].Add(measured.Seconds);
                    rows = measured.Rows;
                    decisions = Math.Max(decisions, measured.Decisions);
                }
            }

            var first = Median(seconds[0]);
            for (var i = 0; i < ways.Length; i++)
            {
                var median = Median(seconds[i]);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{ways[i].Name,-22}{median,7:F2} s{rows / median,14:N0} rows/s{(i == 0 ? 0 : decisions / median),12:N0} decision bars/s   ratio {median / first:F2}"));
            }

            Console.WriteLine($"{rows:N0} rows, peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
            return 0;
        }
        finally
        {
            if (given is null) Directory.Delete(folder, recursive: true);
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static (long Rows, long Decisions, double Seconds) Read(KlineFolder source)
    {
        var watch = Stopwatch.StartNew();
        using var merge = ChronologicalMerge.Open(source, Frames);
        while (merge.TryReadBatch(out _))
        {
        }

        return (merge.Counts.Rows, 0, watch.Elapsed.TotalSeconds);
    }

    private static (long Rows, long Decisions, double Seconds) Backtest(KlineFolder source, LedgerDepth ledger)
    {
        using var stream = ledger == LedgerDepth.Off ? null : new BufferedStream(Stream.Null);
        var result = new BacktestRunner(source, TimeProvider.System)
            .Run(new() { Ledger = ledger }, stream, progress: null, CancellationToken.None);
        return (result.Facts.Candles, result.DecisionBars, result.Facts.Candles / result.Facts.CandlesPerSecond);
    }

    private static string WriteYear()
    {
        var folder = Directory.CreateTempSubdirectory("futuresbot-bench").FullName;
        for (var n = 0; n < Symbols; n++)
        {
            using var file = File.Create(Path.Combine(folder, n == 0 ? "BTCUSDT-15m.csv.gz" : $"S{n:00}USDT-15m.csv.gz"));
            using var zip = new GZipStream(file, CompressionLevel.Fastest);
            using var text = new StreamWriter(zip);
            foreach (var bar in BenchMarket.Walk(BarsPerYear, seed: n + 1))
            {
                text.Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{bar.OpenTimeMs},{bar.Open},{bar.High},{bar.Low},{bar.Close},{bar.Volume},{bar.OpenTimeMs + TimeFrame.M15.Ms() - 1},,,{bar.TakerBuyVolume},,\n"));
            }
        }

        return folder;
    }
}
