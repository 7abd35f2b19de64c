using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ports;

/// <summary>The span of one archive file: a UTC day, or a month.</summary>
/// <param name="First">Its first day.</param>
/// <param name="IsMonth">True for a whole month.</param>
public readonly record struct ArchivePeriod(DateOnly First, bool IsMonth)
{
    /// <summary>Beginning, UTC, Unix milliseconds.</summary>
    public long FromMs => MsOf(First);

    /// <summary>End, not included, UTC, Unix milliseconds.</summary>
    public long ToMs => MsOf(IsMonth ? First.AddMonths(1) : First.AddDays(1));

    public static ArchivePeriod DayOf(long timeMs) => new(DateOf(timeMs), IsMonth: false);

    public static ArchivePeriod MonthOf(long timeMs)
    {
        var day = DateOf(timeMs);
        return new(new(day.Year, day.Month, 1), IsMonth: true);
    }

    /// <summary>As files are named: <c>2025-08</c>, <c>2025-08-17</c>.</summary>
    public override string ToString() => First.ToString(IsMonth ? "yyyy-MM" : "yyyy-MM-dd");

    private static DateOnly DateOf(long timeMs) => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(timeMs).UtcDateTime);

    private static long MsOf(DateOnly day) => (day.DayNumber - EpochDay) * TimeFrame.D1.Ms();

    private static readonly long EpochDay = new DateOnly(1970, 1, 1).DayNumber;
}
