using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Scoring;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain;

/// <summary>
/// From a rated trigger to a trade plan or a refusal with its number (spec 2.10, 2.11, 2.13). Here
/// analysis ends and trading begins: double becomes decimal.
/// </summary>
internal static class PlanMaker
{
    // Share of the notional that must stay when the exchange liquidates; brackets of small positions are near it.
    private const decimal MaintenanceMargin = 0.005m;

    // A book keeps three zones a side near the price; all it can hold is far below this.
    private const int ZonesMax = 256;

    public static Verdict Make(RankedSetup ranked, SymbolDesk desk, KernelOptions options, decimal equity, long nowMs)
    {
        var setup = ranked.Setup;
        Span<ZoneEdge> edges = stackalloc ZoneEdge[ZonesMax];
        var decision = TradePlanner.Plan(RequestOf(ranked, desk, options, equity, nowMs), ZonesOf(desk, edges));
        var plan = decision.Plan;
        if (decision.Why is { } why) return Refuse(ranked, why, ValueOf(why, decision, options, equity), LimitOf(why, options, plan));

        var spread = desk.View.Context.SpreadFraction;
        var spreadPrice = double.IsNaN(spread) ? (decimal?)null : (decimal)spread * plan.Entry;
        if (EntryGates.Spread(options.Risk, spreadPrice, plan.Entry, plan.Risk) is { } tooWide)
            return Refuse(ranked, tooWide, spread, (double)options.Risk.SpreadMaxFraction);

        var liquidation = plan.Entry * (1 - (plan.Dir * ((1 / options.Risk.LeverageMax) - MaintenanceMargin)));
        if (EntryGates.Liquidation(options.Risk, plan.Side, plan.Stop, liquidation, setup.Atr) is { } tooNear)
            return Refuse(ranked, tooNear, (double)(plan.Dir * (plan.Stop - liquidation)) / setup.Atr, options.Risk.LiquidationMinAtr);
        return new Verdict.Approved(ranked, plan);
    }

    private static PlanRequest RequestOf(RankedSetup ranked, SymbolDesk desk, KernelOptions options, decimal equity, long nowMs)
    {
        var setup = ranked.Setup;
        return new()
        {
            Symbol = desk.Symbol,
            Strategy = setup.Kind.Strategy,
            Mode = setup.Variant.Length > 0 ? setup.Variant : setup.Kind.Mode,
            Side = setup.Kind.Side,
            Frame = setup.Frame,
            Category = setup.Category,
            DecidedAtMs = nowMs,
            SignalPrice = setup.SignalPrice,
            Atr = setup.Atr,
            Anchor = ranked.StopAnchor,
            LastSwing = LastSwingOf(desk, setup),
            UseZones = !setup.ScoresItself,
            Rules = desk.Listing.Rules,
            Equity = equity,
            Risk = options.Risk,
            Exits = ExitsOf(setup, options),
            Costs = options.Costs,
            Funding = options.Funding,
            Score = ranked.Score.Total,
        };
    }

    private static ReadOnlySpan<ZoneEdge> ZonesOf(SymbolDesk desk, Span<ZoneEdge> edges)
    {
        var count = 0;
        foreach (ref readonly var zone in desk.View.Zones.Supports) edges[count++] = new(zone.Low, zone.High);
        foreach (ref readonly var zone in desk.View.Zones.Resistances) edges[count++] = new(zone.Low, zone.High);
        return edges[..count];
    }

    private static double LastSwingOf(SymbolDesk desk, Setup setup)
    {
        var swings = setup.Frame == TimeFrame.H4 ? desk.View.SwingsH4 : desk.View.SwingsM15;
        var losing = setup.Kind.Side == Side.Long ? swings.Lows : swings.Highs;
        return Swings.TryLastKnown(losing, swings.LastIndex - 1, out var swing) ? swing.Price : double.NaN;
    }

    private static ExitOptions ExitsOf(Setup setup, KernelOptions options) => setup.Variant switch
    {
        "STANDARD" => options.ActionPriceExits,
        "SCALP" => options.ActionPriceScalpExits,
        _ => options.Exits,
    };

    private static Verdict.Refused Refuse(RankedSetup ranked, Refusal why, double value, double limit) =>
        new(ranked, why, value, limit);

    private static double ValueOf(Refusal why, PlanDecision decision, KernelOptions options, decimal equity)
    {
        var plan = decision.Plan;
        return why switch
        {
            Refusal.CostTooHigh => (double)decision.CostR,
            Refusal.StopTooFar => (double)plan.Risk / plan.Atr,
            Refusal.StopTooWide => (double)(plan.Risk / plan.Entry),
            Refusal.SizeTooSmall => (double)(
                options.Risk.RiskPerTrade * equity / (plan.Risk * (1 + decision.CostR)) * plan.Entry),
            _ => double.NaN,
        };
    }

    private static double LimitOf(Refusal why, KernelOptions options, TradePlan plan) => why switch
    {
        Refusal.CostTooHigh => (double)options.Risk.CostMaxR,
        Refusal.StopTooFar => options.Risk.StopMaxAtr,
        Refusal.StopTooWide => options.Risk.StopMaxFraction,
        Refusal.SizeTooSmall => (double)plan.Rules.MinNotional,
        _ => double.NaN,
    };
}
