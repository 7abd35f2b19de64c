using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>Hours of the day in which one part of the world trades.</summary>
public sealed record TradingSession
{
    private const int HoursPerDay = 24;
    private const long MsPerHour = 3_600_000;

    /// <param name="name">For people.</param>
    /// <param name="startHour">First hour, UTC, 0 to 23.</param>
    /// <param name="endHour">Hour of its end, UTC, 1 to 24; at or below the start: the next day.</param>
    public TradingSession(string name, int startHour, int endHour)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (startHour is < 0 or >= HoursPerDay)
            throw new ArgumentOutOfRangeException(
                nameof(startHour), startHour, $"startHour was {startHour}; allowed are 0 to 23");
        if (endHour is < 1 or > HoursPerDay)
            throw new ArgumentOutOfRangeException(
                nameof(endHour), endHour, $"endHour was {endHour}; allowed are 1 to 24");
        (Name, StartHour, EndHour) = (name, startHour, endHour);
    }

    /// <summary>Asia 00–08, Europe 07–16, US 13–22 UTC (spec 2.3): 22–24 belongs to none.</summary>
    public static IReadOnlyList<TradingSession> Defaults { get; } =
        [new("Asia", 0, 8), new("Europe", 7, 16), new("US", 13, 22)];

    public string Name { get; }

    public int StartHour { get; }

    public int EndHour { get; }

    /// <summary>Start of the session at a time (UTC, Unix milliseconds); null when it is closed.</summary>
    public long? StartOf(long timeMs)
    {
        var hours = EndHour > StartHour ? EndHour - StartHour : EndHour - StartHour + HoursPerDay;
        var start = TimeFrame.D1.OpenOf(timeMs) + (StartHour * MsPerHour);
        if (start > timeMs) start -= TimeFrame.D1.Ms();
        return timeMs < start + (hours * MsPerHour) ? start : null;
    }
}
