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
    /// <param name="state">Its state now, with the quiet bars since.</param>
    /// <param name="options">Thresholds of the run.</param>
    /// <param name="account">Whose money it is.</param>
    /// <param name="equity">USDT; 0 or less when unknown.</param>
    /// <param name="lastPrice">NaN when there is none.</param>
    public static SignalFacts Of(
        SignalRecord record, SignalState state, KernelOptions options, AccountKind account, decimal equity, double lastPrice)
    {
        var plan = state.Plan;
        return new()
        {
            State = state,
            Events = record.Events,
            ScoreParts = record.ScoreParts,
            ScoresItself = record.ScoresItself,
            ScoreNeeded = Needed(plan, record.ScoresItself, options),
            Regime = record.RegimeLabel,
            RegimeConfidence = record.RegimeConfidence,
            Account = account,
            RiskPercent = plan.Execution == TradePlan.Primary && equity > 0 && plan.Quantity > 0
                ? (double)(plan.Risk * plan.Quantity / equity * 100)
                : double.NaN,
            LastPrice = lastPrice,
        };
    }

    private static double Needed(TradePlan plan, bool scoresItself, KernelOptions options)
    {
        if (!scoresItself) return options.Scoring.EntryThreshold;
        if (plan.Strategy != ActionPrice.CatalogName) return double.NaN;
        var own = options.Strategies.ActionPrice.Options;
        return plan.Mode == "SCALP" ? own.ScalpScore : own.StandardScore;
    }
}
