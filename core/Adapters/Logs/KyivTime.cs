namespace FuturesBot.Adapters.Logs;

/// <summary>Days as the readers of logs and messages count them; data stay in UTC.</summary>
public static class KyivTime
{
    // Older time zone data know the city under its former spelling, Windows under its own name.
    private static readonly string[] Names = ["Europe/Kyiv", "Europe/Kiev", "FLE Standard Time"];

    public static TimeZoneInfo Zone { get; } = Find();

    /// <summary>The calendar day in Kyiv at a moment.</summary>
    public static DateOnly DayOf(DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);

    private static TimeZoneInfo Find()
    {
        foreach (var name in Names)
        {
            if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)) return zone;
        }

        throw new TimeZoneNotFoundException("This machine has no time zone data for Europe/Kyiv; install the package tzdata");
    }
}
