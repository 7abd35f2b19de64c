using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;

namespace FuturesBot.Domain.Signals;

/// <summary>When the time stop of a live signal strikes (spec 2.11).</summary>
public static class TimeStops
{
    private const long MsPerHour = 3_600_000;

    /// <summary>The moment, UTC Unix milliseconds; <see cref="long.MaxValue"/> when none will.</summary>
    public static long DeadlineMs(SignalState state)
    {
        if (state.Live is not { } position) return long.MaxValue;
        var exits = state.Plan.Exits;
        return exits.TimeStop switch
        {
            TimeStopRule.None => long.MaxValue,
            TimeStopRule.Hours => ByHours(exits, position),
            _ when position.Target1AtMs is not null || HasProgress(state.Plan, position) => long.MaxValue,
            _ => state.Plan.Frame.OpenOf(position.EnteredAtMs) + (exits.TimeStopBars * state.Plan.Frame.Ms()),
        };
    }

    private static long ByHours(ExitOptions exits, Position position)
    {
        var deadline = position.EnteredAtMs + (exits.HoursTotal * MsPerHour);
        if (position.Target2AtMs is { } second)
            return Math.Min(deadline, second + (exits.HoursAfterTarget2 * MsPerHour));
        return position.Target1AtMs is { } first
            ? Math.Min(deadline, first + (exits.HoursAfterTarget1 * MsPerHour))
            : deadline;
    }

    private static bool HasProgress(TradePlan plan, Position position)
    {
        var progress = plan.Side.Beyond(position.Favourable, (double)position.Entry);
        return plan.Exits.TimeStop == TimeStopRule.BarsWithoutProgressPercent
            ? progress >= plan.Exits.ProgressFraction * (double)position.Entry
            : progress >= plan.Exits.ProgressR * (double)position.Risk;
    }
}
