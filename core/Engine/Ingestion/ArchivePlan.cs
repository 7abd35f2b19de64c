using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>
/// Which archive files hold a range (spec 3.9): a day's file is out on the next day, a month's on the first Monday after
/// it. Whether a file is really there shows only when it is asked for.
/// </summary>
public static class ArchivePlan
{
    // One month's file for fewer days than this would bring more bytes than it saves files.
    private const int DaysForMonthMin = 5;

    // Days come out some hours after midnight; before that a request for one is likely to be in vain.
    private const long DayDelayMs = 8 * 3_600_000L;

    /// <summary>The files that hold what of a range can be out, oldest first, months where they are.</summary>
    /// <param name="fromMs">Beginning, UTC, Unix milliseconds.</param>
    /// <param name="toMs">End, not included.</param>
    /// <param name="nowMs">Market time.</param>
    public static IReadOnlyList<ArchivePeriod> Cover(long fromMs, long toMs, long nowMs)
    {
        var files = new List<ArchivePeriod>();
        for (var at = fromMs; at < toMs;)
        {
            var month = ArchivePeriod.MonthOf(at);
            var until = Math.Min(month.ToMs, toMs);
            if (until - at >= DaysForMonthMin * TimeFrame.D1.Ms() && IsOut(month, nowMs)) files.Add(month);
            else files.AddRange(Days(at, until).Where(day => IsOut(day, nowMs)));
            at = month.ToMs;
        }

        return files;
    }

    /// <summary>The daily files of a range, oldest first.</summary>
    public static IEnumerable<ArchivePeriod> Days(long fromMs, long toMs)
    {
        for (var day = ArchivePeriod.DayOf(fromMs); day.FromMs < toMs; day = ArchivePeriod.DayOf(day.ToMs)) yield return day;
    }

    /// <summary>True when the file should be out.</summary>
    public static bool IsOut(ArchivePeriod period, long nowMs) =>
        nowMs >= DayDelayMs + (period.IsMonth ? FirstMondayFrom(period.ToMs) : period.ToMs);

    private static long FirstMondayFrom(long dayMs)
    {
        var day = DateTimeOffset.FromUnixTimeMilliseconds(dayMs).DayOfWeek;
        return dayMs + ((DayOfWeek.Monday - day + 7) % 7 * TimeFrame.D1.Ms());
    }
}
