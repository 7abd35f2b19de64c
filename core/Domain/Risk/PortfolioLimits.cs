namespace FuturesBot.Domain.Risk;

/// <summary>The limits of the whole account (spec 2.13).</summary>
public static class PortfolioLimits
{
    private const long MsPerHour = 3_600_000;

    /// <summary>Null, or the first limit that forbids another position; the most lasting ones first.</summary>
    public static Refusal? Check(RiskOptions options, in PortfolioView view, long nowMs)
    {
        if (view.Drawdown >= options.DrawdownMax) return Refusal.DrawdownReached;
        if (-view.WeekResult >= options.WeeklyLossMax) return Refusal.WeeklyLossReached;
        if (-view.DayResult >= options.DailyLossMax) return Refusal.DailyLossReached;
        if (IsPaused(options, view, nowMs)) return Refusal.LosingStreak;
        if (view.OpenPositions >= options.PositionsMax) return Refusal.TooManyPositions;
        if (view.ClusterPositions >= options.ClusterMax) return Refusal.CorrelatedCluster;
        return view.OpenRisk + view.NewRisk > options.OpenRiskMax ? Refusal.OpenRiskTooHigh : null;
    }

    private static bool IsPaused(RiskOptions options, in PortfolioView view, long nowMs) =>
        view.LossesInRow >= options.LosingStreakMax
        && nowMs < view.LastLossAtMs + (options.LosingStreakPauseHours * MsPerHour);
}
