using System.Globalization;
using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Sharding;

/// <summary>
/// What timers ask of the holder of the market, each under an id made of its moment: a timer that fires twice, or late for the same
/// moment, asks once.
/// </summary>
public static class CommandSchedule
{
    private const long Day = 86_400_000;

    private static readonly TimeFrame[] Refreshed = [TimeFrame.M15, TimeFrame.H1, TimeFrame.H4, TimeFrame.D1];

    /// <summary>Candles of the frame that closed last are there, or are asked for.</summary>
    public static (string Id, SidecarCommand Command) RefreshCandles(TimeFrame frame, long nowMs)
    {
        var closeMs = frame.OpenOf(nowMs);
        return (Id("refresh-" + frame.Code(), closeMs), new SidecarCommand.RefreshCandles(frame, closeMs));
    }

    /// <summary>
    /// All that came due with the last 15 minutes: the candles of every frame that closed; on the hour the symbols; a quarter of an hour
    /// later the gaps, because with the hour itself the most has just closed.
    /// </summary>
    public static IEnumerable<(string Id, SidecarCommand Command)> QuarterDue(long nowMs)
    {
        var lastMs = TimeFrame.M15.OpenOf(nowMs);
        foreach (var frame in Refreshed.Where(frame => frame.IsAligned(lastMs))) yield return RefreshCandles(frame, nowMs);
        if (TimeFrame.H1.IsAligned(lastMs)) yield return RefreshSymbols(nowMs);
        if (TimeFrame.H1.IsAligned(lastMs - TimeFrame.M15.Ms())) yield return RepairGaps(nowMs);
    }

    /// <summary>The list of symbols and their rules, once an hour.</summary>
    public static (string Id, SidecarCommand Command) RefreshSymbols(long nowMs) =>
        (Id("symbols", TimeFrame.H1.OpenOf(nowMs)), new SidecarCommand.RefreshSymbols());

    /// <summary>What is missing of the last two days is looked for and mended, once an hour.</summary>
    public static (string Id, SidecarCommand Command) RepairGaps(long nowMs) =>
        (Id("gaps", TimeFrame.H1.OpenOf(nowMs)), new SidecarCommand.CheckIntegrity(Days: 2));

    /// <summary>All that is kept is counted against what should be there, once a day.</summary>
    public static (string Id, SidecarCommand Command) CheckIntegrity(long nowMs, int days) =>
        (Id("integrity", nowMs / Day * Day), new SidecarCommand.CheckIntegrity(days));

    /// <summary>What retention no longer keeps is deleted, once a day.</summary>
    public static (string Id, SidecarCommand Command) Forget(long nowMs) => (Id("forget", nowMs / Day * Day), new SidecarCommand.Forget());

    /// <summary>
    /// Everything that came due in (<paramref name="afterMs"/>, <paramref name="nowMs"/>], for a host without timers. What is older than an
    /// hour is left out: its next turn does the same.
    /// </summary>
    /// <param name="lag">How long after the close candles are refreshed.</param>
    public static IEnumerable<(string Id, SidecarCommand Command)> Due(long afterMs, long nowMs, TimeSpan lag)
    {
        var (from, to) = (Math.Max(afterMs, nowMs - TimeFrame.H1.Ms()) - (long)lag.TotalMilliseconds, nowMs - (long)lag.TotalMilliseconds);
        foreach (var frame in Refreshed)
        {
            if (frame.OpenOf(to) > from) yield return RefreshCandles(frame, to);
        }

        if (TimeFrame.H1.OpenOf(to) > from)
        {
            yield return RefreshSymbols(to);
            yield return RepairGaps(to);
        }

        if (to / Day * Day > from) yield return Forget(to);
    }

    private static string Id(string what, long atMs) => string.Create(CultureInfo.InvariantCulture, $"{what}-{atMs}");
}
