using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Scoring;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain;

/// <summary>
/// From a trigger to a trade plan: entry type and price, stop, targets, size, and the gates before the
/// entry (spec 2.10, 2.11, 2.13). Here analysis ends and trading begins: double becomes decimal.
/// </summary>
internal static class PlanMaker
{
    // Share of the notional that must stay when the exchange liquidates; brackets of small positions are near it.
    private const decimal MaintenanceMargin = 0.005m;

    public static Verdict Make(RankedSetup ranked, SymbolDesk desk, KernelOptions options, decimal equity, long nowMs)
    {
        var setup = ranked.Setup;
        var side = setup.Kind.Side;
        var rules = desk.Listing.Rules;
        var risk = options.Risk;
        var type = setup.Category == EntryCategory.Breakout ? EntryType.Market : EntryType.Limit;

        // A mean-reversion entry waits a little deeper; its stop moves by as much, so that R stays.
        var offset = setup.Category == EntryCategory.MeanReversion ? risk.MeanReversionOffsetAtr * setup.Atr : 0;
        var level = setup.SignalPrice - (side.Sign() * offset);
        var entry = type == EntryType.Limit ? AwayFromCrossing(rules, side, level) : rules.ToPrice(level);
        var anchor = ranked.StopAnchor - (side.Sign() * offset);
        var (stop, refused) = StopOf(ranked, desk, options, entry, anchor);
        if (refused is not null) return refused;

        var distance = Math.Abs(entry.Value - stop.Value);
        var atr1m = Costs.Atr1m(setup.Atr, setup.Frame);
        var cost = Costs.RoundTripR(options.Costs, rules, entry.Value, stop.Value, type, atr1m);
        if (cost > risk.CostMaxR) return Refuse(ranked, Refusal.CostTooHigh, (double)cost, (double)risk.CostMaxR);
        if (BySpread(ranked, desk, risk, entry, distance) is { } tooWide) return tooWide;
        if (ByLiquidation(ranked, risk, entry, stop) is { } tooNear) return tooNear;

        var perUnit = distance + Costs.RoundTrip(options.Costs, rules, entry.Value, type, atr1m);
        var size = SizeOf(rules, risk, equity, entry, perUnit);
        if (!rules.Accepts(size, entry))
            return Refuse(ranked, Refusal.SizeTooSmall, (double)(size.Value * entry.Value), (double)rules.MinNotional);

        var exits = ExitsOf(setup, options);
        return new Verdict.Approved(ranked, new TradePlan
        {
            Id = SignalId.For(desk.Symbol, setup.Frame, setup.Kind.Strategy, side, nowMs),
            Symbol = desk.Symbol,
            Strategy = setup.Kind.Strategy,
            Mode = setup.Variant.Length > 0 ? setup.Variant : setup.Kind.Mode,
            Side = side,
            Frame = setup.Frame,
            Category = setup.Category,
            EntryType = type,
            DecidedAtMs = nowMs,
            SignalPrice = rules.ToPrice(setup.SignalPrice).Value,
            Entry = entry.Value,
            Stop = stop.Value,
            Target1 = entry.Value + (side.Sign() * exits.Target1R * distance),
            Target2 = exits.Fraction1 >= 1m ? null : entry.Value + (side.Sign() * exits.Target2R * distance),
            Fraction1 = exits.Fraction1,
            Fraction2 = exits.Fraction2,
            Atr = setup.Atr,
            Quantity = size.Value,
            Rules = rules,
            ExpiryBars = setup.Category == EntryCategory.Pullback ? risk.PullbackExpiryBars : risk.MeanReversionExpiryBars,
            Exits = exits,
            Costs = options.Costs,
            Funding = options.Funding,
            Score = ranked.Score.Total,
        });
    }

    private static Verdict.Refused Refuse(RankedSetup ranked, Refusal why, double value, double limit) =>
        new(ranked, why, value, limit);

    /// <summary>A limit rests: rounded to the side on which it does not cross.</summary>
    private static Price AwayFromCrossing(SymbolRules rules, Side side, double level) =>
        side == Side.Long ? rules.ToPriceDown(level) : rules.ToPriceUp(level);

    private static (Price Stop, Verdict.Refused? Refused) StopOf(
        RankedSetup ranked, SymbolDesk desk, KernelOptions options, Price entry, double anchor)
    {
        var rules = desk.Listing.Rules;
        var side = ranked.Setup.Kind.Side;
        var atr = ranked.Setup.Atr;
        var distance = side.Beyond(entry.ToDouble(), anchor);
        if (distance > options.Risk.StopMaxAtr * atr)
            return (default, Refuse(ranked, Refusal.StopTooFar, distance / atr, options.Risk.StopMaxAtr));
        distance = Math.Max(distance, options.Risk.StopMinAtr * atr);
        if (distance > options.Risk.StopMaxFraction * entry.ToDouble())
            return (default, Refuse(ranked, Refusal.StopTooWide, distance / entry.ToDouble(), options.Risk.StopMaxFraction));
        var stop = entry.ToDouble() - (side.Sign() * distance);
        return (side == Side.Long ? rules.ToPriceDown(stop) : rules.ToPriceUp(stop), null);
    }

    private static Verdict.Refused? BySpread(RankedSetup ranked, SymbolDesk desk, RiskOptions risk, Price entry, decimal distance)
    {
        var spread = desk.View.Context.SpreadFraction;
        if (double.IsNaN(spread) || spread <= (double)risk.SpreadMaxFraction) return null;
        var limit = (double)(risk.SpreadMaxR * distance / entry.Value);
        return spread > limit ? Refuse(ranked, Refusal.SpreadTooWide, spread, Math.Max(limit, (double)risk.SpreadMaxFraction)) : null;
    }

    /// <summary>Isolated margin at full leverage: liquidation must lie well beyond the stop.</summary>
    private static Verdict.Refused? ByLiquidation(RankedSetup ranked, RiskOptions risk, Price entry, Price stop)
    {
        var side = ranked.Setup.Kind.Side;
        var liquidation = entry.Value * (1 - (side.Sign() * ((1 / risk.LeverageMax) - MaintenanceMargin)));
        var room = (double)(side.Sign() * (stop.Value - liquidation)) / ranked.Setup.Atr;
        return room < risk.LiquidationMinAtr ? Refuse(ranked, Refusal.LiquidationTooNear, room, risk.LiquidationMinAtr) : null;
    }

    private static Quantity SizeOf(SymbolRules rules, RiskOptions risk, decimal equity, Price entry, decimal perUnit)
    {
        var byRisk = equity * risk.RiskPerTrade / perUnit;
        var byNotional = equity * Math.Min(risk.NotionalMaxShare, risk.LeverageMax) / entry.Value;
        return rules.ToQuantity(Math.Max(0, Math.Min(Math.Min(byRisk, byNotional), rules.MaxMarketQuantity)));
    }

    private static ExitOptions ExitsOf(Setup setup, KernelOptions options) => setup.Variant switch
    {
        "STANDARD" => options.ActionPriceExits,
        "SCALP" => options.ActionPriceScalpExits,
        _ => options.Exits,
    };
}
