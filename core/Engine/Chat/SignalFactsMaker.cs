using FuturesBot.Domain;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Chat;

/// <summary>Brings what the run knows of a signal into the form that its messages are made of.</summary>
public static class SignalFactsMaker
{
    /// <param name="record">The signal as it was last told.</param>
    /// <param name="options">Thresholds of the run.</param>
    /// <param name="account">Whose money it is.</param>
    /// <param name="equity">USDT; 0 or less when unknown.</param>
    /// <param name="lastPrice">NaN when there is none.</param>
    /// <param name="panel">Statistics of the last days; null when the past is not known.</param>
    /// <param name="days">How many days they span.</param>
    /// <param name="today">Null when it is not known.</param>
    public static SignalFacts Of(
        SignalRecord record, KernelOptions options, AccountKind account, decimal equity, double lastPrice,
        PerformancePanel? panel, int days, DayStanding? today)
    {
        var plan = record.State.Plan;
        return new()
        {
            State = record.State,
            Events = record.Events,
            ScoreParts = record.ScoreParts,
            ScoresItself = record.ScoresItself,
            ScoreNeeded = Needed(plan, record.ScoresItself, options),
            Regime = record.Regime,
            Account = account,
            RiskPercent = equity > 0 && plan.Quantity > 0 ? (double)(plan.Risk * plan.Quantity / equity * 100) : double.NaN,
            LastPrice = lastPrice,
            Record = panel is null ? null : RecordOf(plan, panel, days),
            Today = today,
        };
    }

    private static double Needed(TradePlan plan, bool scoresItself, KernelOptions options)
    {
        if (!scoresItself) return options.Scoring.EntryThreshold;
        if (plan.Strategy != ActionPrice.CatalogName) return double.NaN;
        var own = options.Strategies.ActionPrice.Options;
        return plan.Mode == "SCALP" ? own.ScalpScore : own.StandardScore;
    }

    private static TrackRecord RecordOf(TradePlan plan, PerformancePanel panel, int days)
    {
        var group = panel.ByStrategy.FirstOrDefault(one => one.Name == plan.Strategy) ?? GroupStatistics.Of(plan.Strategy, []);
        var scale = ScoreScale.Of(plan.Strategy);
        var inverted = panel.Sentinel.Any(one =>
            one.Scale == scale && one.Name == ScoreSentinel.Total && one.Verdict == SentinelVerdict.Inverted);
        return new(days, group, inverted);
    }
}
