using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;

namespace FuturesBot.Domain.Reporting;

/// <summary>The few numbers of a signal that its messages need and no record holds.</summary>
public static class SignalArithmetic
{
    /// <summary>Gain per R that a loss takes, after the costs of both: (reward − cost) / (1 + cost).</summary>
    public static decimal NetRewardToRisk(TradePlan plan) => (plan.RewardR - plan.CostR) / (1m + plan.CostR);

    /// <summary>Where the signal was entered; null before its fill.</summary>
    public static decimal? EntryOf(SignalState state) =>
        state.Live?.Entry ?? (state as SignalState.Closed)?.Result.Entry;

    /// <summary>When it was entered, UTC Unix milliseconds; null before its fill.</summary>
    public static long? EnteredAtMs(SignalState state) =>
        state.Live?.EnteredAtMs ?? (state as SignalState.Closed)?.Result.EnteredAtMs;

    /// <summary>R₀ in quote units; that of the plan before the fill.</summary>
    public static decimal RiskOf(SignalState state) =>
        state.Live?.Risk ?? (state as SignalState.Closed)?.Result.Risk ?? state.Plan.Risk;

    /// <summary>Net result in R of one closed part: its move, its fee and its share of the entry's fee.</summary>
    public static decimal PartNetR(SignalState state, ExitFill exit)
    {
        var (entry, risk) = (EntryOf(state) ?? state.Plan.Entry, RiskOf(state));
        if (risk == 0m) return 0m;
        var entryFee = state.Live?.EntryFeeRate ?? Costs.EntryRate(state.Plan.Costs, state.Plan.EntryType);
        var move = (state.Plan.Dir * (exit.Price - entry)) - (entry * entryFee) - (exit.Price * exit.FeeRate);
        return move * exit.Fraction / risk;
    }

    /// <summary>Net result in R if the present stop is hit, closed parts and expected slippage included; null without a position.</summary>
    public static decimal? AtStopNetR(SignalState state)
    {
        if (state.Live is not { } position || position.Risk == 0m) return null;
        var plan = state.Plan;
        var fill = position.Stop - (plan.Dir * plan.StopSlippageAt(position.Stop));
        var rest = new ExitFill(0, fill, position.Remaining, CloseReason.Sl, Costs.TakerRate(plan.Costs), 0m);
        return PartNetR(state, rest) + position.Exits.Sum(exit => PartNetR(state, exit)) - (position.FundingPaid / position.Risk);
    }

    /// <summary>Worst moment so far in R, 0 or negative; NaN before the fill.</summary>
    public static double WorstR(SignalState state) => state switch
    {
        SignalState.Closed closed => closed.Result.MaeR,
        { Live: { Risk: > 0 } position } =>
            Math.Min(0, state.Plan.Dir * (position.Adverse - (double)position.Entry) / (double)position.Risk),
        _ => double.NaN,
    };

    /// <summary>Result in R at a price before costs, closed parts included; NaN without a position or price.</summary>
    public static double NowR(SignalState state, double price)
    {
        if (state.Live is not { Risk: > 0 } position || !double.IsFinite(price)) return double.NaN;
        var open = state.Plan.Dir * (price - (double)position.Entry) * (double)position.Remaining;
        var done = position.Exits.Sum(exit => (double)(state.Plan.Dir * (exit.Price - position.Entry) * exit.Fraction));
        return (open + done) / (double)position.Risk;
    }
}
