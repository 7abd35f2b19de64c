using FuturesBot.Domain.Risk;

namespace FuturesBot.Domain.Signals;

/// <summary>From a setup to a plan: entry, stop, cost gate, size, targets (spec 2.10, 2.11, 2.13, 2.16).</summary>
public static class TradePlanner
{
    public static PlanDecision Plan(PlanRequest r, ReadOnlySpan<ZoneEdge> zones)
    {
        var signal = r.Rules.ToPrice(r.SignalPrice).Value;
        var terms = EntryPlacement.For(r.Risk, r.Rules, r.Category, r.Side, r.SignalPrice, r.Atr);
        var placed = StopPlacement.Place(
            r.Risk, r.Rules, new(r.Side, r.SignalPrice, r.Atr, r.Anchor, r.LastSwing, r.UseZones), zones);
        var stop = ReAnchor(r, placed.Price, terms.Price - signal);
        var risk = (int)r.Side * (terms.Price - stop);
        var plan = Draft(r, signal, terms, stop);
        if (risk <= 0m || stop <= 0m) return new(plan, placed.Why ?? Refusal.StopOnWrongSide, placed.Basis, 0m);

        var atr1m = double.IsNaN(r.Atr1m) ? Costs.Atr1m(r.Atr, r.Frame) : r.Atr1m;
        var cost = Costs.RoundTrip(r.Costs, r.Rules, terms.Price, terms.Type, atr1m);
        var size = PositionSizing.Size(r.Risk, r.Rules, r.Equity, terms.Price, stop, cost).Value;
        var legs = Targets.Split(r.Rules, r.Exits, r.Side, terms.Price, stop, size);
        var (first, second) = Targets.Shares(r.Exits, legs);
        plan = plan with
        {
            Quantity = size,
            Fraction1 = first,
            Fraction2 = second,
            Target1 = Targets.At(r.Rules, r.Side, terms.Price, stop, r.Exits.Target1R),
            Target2 = first < 1m
                ? Targets.At(r.Rules, r.Side, terms.Price, stop, r.Exits.Target2R)
                : null,
        };
        var why = placed.Why
            ?? EntryGates.Cost(r.Risk, cost / risk)
            ?? EntryGates.Funding(r.Risk, PredictedFundingR(plan))
            ?? (size == 0m ? Refusal.SizeTooSmall : (Refusal?)null);
        return new(plan, why, placed.Basis, cost / risk);
    }

    // The stop moves with the entry, and must not come to rest on a round number by that.
    private static decimal ReAnchor(PlanRequest r, decimal stop, decimal offset) =>
        offset == 0m ? stop : StopPlacement.OffRoundNumber(r.Risk, r.Rules, r.Side, stop + offset);

    private static TradePlan Draft(PlanRequest r, decimal signal, EntryTerms terms, decimal stop) => new()
    {
        Id = SignalId.For(r.Symbol, r.Frame, r.Strategy, r.Side, r.DecidedAtMs),
        Symbol = r.Symbol,
        Strategy = r.Strategy,
        Mode = r.Mode,
        Side = r.Side,
        Frame = r.Frame,
        Category = r.Category,
        EntryType = terms.Type,
        DecidedAtMs = r.DecidedAtMs,
        SignalPrice = signal,
        Entry = terms.Price,
        Stop = stop,
        Target1 = terms.Price,
        Fraction1 = r.Exits.Fraction1,
        Fraction2 = r.Exits.Fraction2,
        Atr = r.Atr,
        Atr1m = r.Atr1m,
        Rules = r.Rules,
        ExpiryBars = terms.ExpiryBars,
        Exits = r.Exits,
        Costs = r.Costs,
        Funding = r.Funding,
        Score = r.Score,
        DecisionHash = r.DecisionHash,
        Replayed = r.Replayed,
        Execution = r.Execution,
        Fills = r.Fills,
    };

    /// <summary>Funding expected until the time stop, as if no target were reached.</summary>
    private static decimal PredictedFundingR(TradePlan plan)
    {
        var lifeMs = plan.Exits.TimeStop switch
        {
            TimeStopRule.None => 0L,
            TimeStopRule.Hours => plan.Exits.HoursTotal * 3_600_000L,
            _ => plan.Exits.TimeStopBars * (long)plan.Frame * 60_000,
        };
        return plan.Funding.PredictedR(
            plan.Side, plan.Entry, plan.Stop, plan.DecidedAtMs, plan.DecidedAtMs + lifeMs);
    }
}
