namespace FuturesBot.Engine.Running;

/// <summary>When summaries are due: the day's at 23:59 of the readers, the week's with Sunday's. Pure.</summary>
public static class SummarySchedule
{
    private static readonly TimeSpan At = new(23, 59, 0);

    /// <summary>What has come due between two moments; after a long pause only the newest of each kind.</summary>
    /// <param name="afterMs">Up to here everything was told, UTC Unix milliseconds.</param>
    /// <param name="nowMs">Now.</param>
    /// <param name="zone">Where the readers live.</param>
    public static IReadOnlyList<SummaryDue> Due(long afterMs, long nowMs, TimeZoneInfo zone)
    {
        var due = new List<SummaryDue>();
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(nowMs), zone).DateTime);
        const int WeekDays = 7;
        SummaryDue? daily = null, weekly = null;
        for (var back = 0; back <= WeekDays; back++)
        {
            var one = day.AddDays(-back);
            var at = Moment(one, zone);
            if (at > nowMs || at <= afterMs) continue;
            daily ??= new(IsWeekly: false, Moment(one.AddDays(-1), zone), at);
            if (one.DayOfWeek == DayOfWeek.Sunday) weekly ??= new(IsWeekly: true, Moment(one.AddDays(-WeekDays), zone), at);
        }

        if (daily is not null) due.Add(daily);
        if (weekly is not null) due.Add(weekly);
        return due;
    }

    private static long Moment(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.FromTimeSpan(At), DateTimeKind.Unspecified);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUnixTimeMilliseconds();
    }
}
