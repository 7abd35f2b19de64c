using System.Diagnostics;

namespace FuturesBot.Bench;

/// <summary>
/// Times several ways of doing the same long work on a machine that others use too: the work is cut into parts of some
/// hundred microseconds, the ways take turns at every part, and of each part the least time of all passes counts: what
/// others do only ever adds to it. The median beside it tells how busy the machine was.
/// </summary>
internal sealed class InTurns
{
    private readonly double[][][] _times;   // way, part, pass

    private InTurns(int ways, int parts, int passes) =>
        _times = [.. Enumerable.Range(0, ways).Select(_ => Enumerable.Range(0, parts).Select(_ => new double[passes]).ToArray())];

    /// <param name="passes">How often the whole work is done.</param>
    /// <param name="parts">What it is cut into.</param>
    /// <param name="begin">Before each pass, not timed.</param>
    /// <param name="ways">Each does the part that it is given, by number; the parts come in order.</param>
    public static InTurns Measure(int passes, int parts, Action begin, params Action<int>[] ways)
    {
        var measured = new InTurns(ways.Length, parts, passes);
        for (var pass = 0; pass < passes; pass++)
        {
            begin();
            for (var part = 0; part < parts; part++)
            {
                for (var turn = 0; turn < ways.Length; turn++)
                {
                    var way = (turn + pass) % ways.Length;   // who comes first finds the data colder
                    var start = Stopwatch.GetTimestamp();
                    ways[way](part);
                    measured._times[way][part][pass] = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
                }
            }
        }

        return measured;
    }

    /// <summary>Nanoseconds of the whole work, each part as fast as it ever was.</summary>
    public double Least(int way) => _times[way].Sum(passes => passes.Min());

    /// <summary>Nanoseconds of the whole work, by the medians of its parts.</summary>
    public double Median(int way) => _times[way].Sum(passes => passes.Order().ElementAt(passes.Length / 2));

    /// <summary>For people: the least and, in brackets, the median, in nanoseconds for each of so many.</summary>
    public string Per(int way, double count) => $"{Least(way) / count:F2} ({Median(way) / count:F2})";
}
