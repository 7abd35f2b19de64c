using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>How a range of candles is best had: its older part from archive files, the rest by request.</summary>
/// <param name="Files">Archive files, oldest first; none when requests alone are better.</param>
/// <param name="RequestFromMs">Where the requests begin, UTC, Unix milliseconds.</param>
/// <param name="Weight">Weight of those requests.</param>
public sealed record HistoryPlan(IReadOnlyList<ArchivePeriod> Files, long RequestFromMs, long Weight)
{
    /// <summary>The cheapest of all divisions at the end of a day.</summary>
    /// <param name="frame">Length of each candle.</param>
    /// <param name="fromMs">First open time that is wanted.</param>
    /// <param name="toMs">End of the range, not included.</param>
    /// <param name="nowMs">Market time: files that cannot be out yet are not planned with.</param>
    /// <param name="fileWeight">What one file is held to be worth, in units of weight.</param>
    public static HistoryPlan Best(TimeFrame frame, long fromMs, long toMs, long nowMs, double fileWeight)
    {
        var best = new HistoryPlan([], fromMs, WeightOf(fromMs));
        foreach (var day in ArchivePlan.Days(fromMs, toMs))
        {
            // A part of a day would need the file and the request both.
            if (day.ToMs > toMs || !ArchivePlan.IsOut(day, nowMs)) break;
            var files = ArchivePlan.Cover(fromMs, day.ToMs, nowMs);
            var weight = WeightOf(day.ToMs);
            if (weight + (files.Count * fileWeight) < best.Weight + (best.Files.Count * fileWeight))
                best = new(files, day.ToMs, weight);
        }

        return best;

        long WeightOf(long requestFromMs) => KlineWeight.Least(Math.Max(0, toMs - requestFromMs) / frame.Ms());
    }
}
