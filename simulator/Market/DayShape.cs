namespace FuturesBot.Simulator.Market;

/// <summary>Volatility by the time of day and week: quiet before Asia's morning and at weekends, busiest at the US opening.</summary>
internal static class DayShape
{
    private const double WeekendShare = 0.72;

    private const int MinutesPerDay = 1440;

    // Of each full hour UTC; between them a straight line. The mean is about 1.
    private static readonly double[] Hours =
    [
        1.10, 1.05, 0.95, 0.85, 0.78, 0.76, 0.82, 0.95, 1.02, 1.00, 0.94, 0.92,
        1.02, 1.30, 1.55, 1.48, 1.28, 1.12, 1.02, 0.98, 0.92, 0.85, 0.80, 0.95,
    ];

    private static readonly double[] Minutes = [.. Enumerable.Range(0, MinutesPerDay).Select(AtMinute)];

    /// <param name="minute">Minutes since 1970.</param>
    public static double At(long minute)
    {
        var day = (minute / MinutesPerDay) % 7;   // 1970 began on a Thursday: 2 is Saturday, 3 Sunday
        return Minutes[minute % MinutesPerDay] * (day is 2 or 3 ? WeekendShare : 1);
    }

    private static double AtMinute(int minute)
    {
        var hour = minute / 60;
        var next = Hours[(hour + 1) % 24];
        return Hours[hour] + ((next - Hours[hour]) * (minute % 60) / 60.0);
    }
}
