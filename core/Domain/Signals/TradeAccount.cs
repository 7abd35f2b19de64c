using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Signals;

/// <summary>The arithmetic of a closed trade (spec 2.14, 2.16, 2.19).</summary>
internal static class TradeAccount
{
    private const int Decimals = 10;   // of an R; far below any price step

    /// <param name="position">With all exits, its extremes up to the exit.</param>
    /// <param name="exitBarToMs">Close of the interval that held the exit.</param>
    public static TradeResult Close(TradePlan plan, Position position, CloseReason reason, long exitBarToMs)
    {
        var risk = position.Risk;
        var filled = position.Exits.Sum(x => plan.Dir * (x.Price - position.Entry) * x.Fraction);
        var slippage = position.EntrySlippage + position.Exits.Sum(x => x.Slippage * x.Fraction);
        var fees = (position.Entry * position.EntryFeeRate)
            + position.Exits.Sum(x => x.Price * x.FeeRate * x.Fraction);

        var grossR = InR(filled + slippage, risk);
        var feesR = InR(fees, risk);
        var fundingR = InR(position.FundingPaid, risk);
        var slippageR = InR(slippage, risk);
        var netR = grossR - feesR - fundingR - slippageR;
        return new(
            position.Entry,
            position.EnteredAtMs,
            position.Exits[^1].TimeMs,
            position.Quantity,
            risk,
            position.Exits,
            feesR,
            fundingR,
            slippageR,
            grossR,
            netR,
            OutcomeOf(plan, position, reason, netR),
            ExcursionR(plan, position, position.Favourable),
            ExcursionR(plan, position, position.Adverse),
            position.FavourableAtMs,
            position.AdverseAtMs,
            BarOf(plan, position, position.FavourableAtMs),
            BarOf(plan, position, position.AdverseAtMs),
            BarOf(plan, position, exitBarToMs),
            position.FundingAssumed);
    }

    // After TP2 the break-even stop is only the trail that has not moved yet: the net result decides.
    private static Outcome OutcomeOf(TradePlan plan, Position position, CloseReason reason, decimal netR)
    {
        if (reason == CloseReason.Be && position.Target2AtMs is null) return Outcome.BreakEven;
        if (Math.Abs(netR) <= plan.Exits.BreakEvenBandR) return Outcome.BreakEven;
        return netR > 0m ? Outcome.Win : Outcome.Loss;
    }

    private static decimal InR(decimal amount, decimal risk) => Math.Round(amount / risk, Decimals);

    private static double ExcursionR(TradePlan plan, Position position, double price) =>
        plan.Side.Beyond(price, (double)position.Entry) / (double)position.Risk;

    /// <summary>Strategy bar that holds the moment just before <paramref name="toMs"/>; the fill's is 1.</summary>
    private static int BarOf(TradePlan plan, Position position, long toMs)
    {
        var last = Math.Max(toMs - 1, position.EnteredAtMs);
        return (int)((plan.Frame.OpenOf(last) - plan.Frame.OpenOf(position.EnteredAtMs)) / plan.Frame.Ms()) + 1;
    }
}
