using System.Diagnostics;
using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Bench;

/// <summary>
/// The verb <c>nine</c>: the yardstick, <see cref="CoreStudies"/> and the nine separate classes in turns, in
/// one process, so that whatever else the machine does falls on all of them. Proves first that they say
/// the same and that ours allocate nothing; then prints medians and their ratio to the yardstick.
/// </summary>
internal static class NineMeasurement
{
    private const int Bars = 8_192;     // stays in the second-level cache: memory is not what is measured
    private const int Rounds = 2_001;   // a round lasts a tenth of a millisecond: few are interrupted
    private const int Rows = 1_024;
    private const double DifferenceMax = 1e-9;
    private const double RatioMax = 1.3;

    public static int Run()
    {
        var bars = BenchMarket.Bars(Bars);
        var rows = new NineRow[Rows];
        var readings = new CoreReading[Rows];
        (string Name, Action Run)[] ways =
        [
            ("fused loop by hand", () => FusedNine.Run(bars, rows)),
            ("CoreStudies", () => Shared(new(), bars, readings)),
            ("nine classes", () => Separate(new(), bars, rows)),
        ];

        var difference = Difference(bars);
        var allocated = Allocated(bars, rows, readings);
        var medians = Measure(ways.Select(w => w.Run).ToArray());
        Console.WriteLine($"largest relative difference between them: {difference:E1}");
        Console.WriteLine($"allocated by {2 * Bars:N0} updates of ours: {allocated} bytes");
        foreach (var ((name, _), median) in ways.Zip(medians))
            Console.WriteLine($"{name,-20}{median,7:F1} ns per candle   ratio {median / medians[0]:F2}");

        var ratio = medians[1] / medians[0];
        var holds = difference <= DifferenceMax && allocated == 0 && ratio <= RatioMax;
        Console.WriteLine(
            $"CoreStudies to the loop {ratio:F2}, allowed {RatioMax:F1}: {(holds ? "holds" : "MISSED")}");
        return holds ? 0 : 1;
    }

    internal static void Separate(SeparateNine nine, Candle[] bars, NineRow[] rows)
    {
        for (var i = 0; i < bars.Length; i++) nine.Update(bars[i], ref rows[i & (rows.Length - 1)]);
    }

    internal static void Shared(CoreStudies studies, Candle[] bars, CoreReading[] readings)
    {
        var mask = readings.Length - 1;
        for (var i = 0; i < bars.Length; i++) studies.Update(bars[i], out readings[i & mask]);
    }

    /// <summary>Nanoseconds per candle of each way, the median over all rounds.</summary>
    private static double[] Measure(Action[] ways)
    {
        var times = ways.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            GC.KeepAlive(new long[round % 8]);   // moves what is allocated next: its place must not decide
            for (var way = 0; way < ways.Length; way++)
            {
                var start = Stopwatch.GetTimestamp();
                ways[way]();
                times[way].Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / Bars);
            }
        }

        return [.. times.Select(t => t.Order().ElementAt(Rounds / 2))];
    }

    private static double Difference(Candle[] bars)
    {
        var fused = new NineRow[bars.Length];
        var separate = new NineRow[bars.Length];
        var shared = new CoreReading[bars.Length];
        FusedNine.Run(bars, fused);
        Separate(new(), bars, separate);
        Shared(new(), bars, shared);
        return Enumerable.Range(FusedNine.Slowest, bars.Length - FusedNine.Slowest)
            .Max(i => Math.Max(fused[i].Difference(separate[i]), fused[i].Difference(NineRow.Of(shared[i]))));
    }

    private static long Allocated(Candle[] bars, NineRow[] rows, CoreReading[] readings)
    {
        var nine = new SeparateNine();
        var studies = new CoreStudies();
        Separate(nine, bars, rows);
        Shared(studies, bars, readings);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Separate(nine, bars, rows);
        Shared(studies, bars, readings);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
