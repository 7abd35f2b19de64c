using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Risk;

/// <summary>Targets in R, and how much of the position goes at each (spec 2.11).</summary>
public static class Targets
{
    /// <summary>The price a number of R away from the entry, on the tick, never nearer than that.</summary>
    public static decimal At(SymbolRules rules, Side side, decimal entry, decimal stop, decimal multiple)
    {
        var ticks = (entry + (side.Sign() * multiple * Math.Abs(entry - stop))) / rules.TickSize;
        return (side == Side.Long ? Math.Ceiling(ticks) : Math.Floor(ticks)) * rules.TickSize;
    }

    /// <summary>
    /// Splits a size: legs floored to the step, the rest to the runner. A leg that the exchange would not take
    /// goes into the next one; a last leg that is too small goes into the one before it.
    /// </summary>
    public static TargetLegs Split(
        SymbolRules rules, ExitOptions exits, Side side, decimal entry, decimal stop, decimal quantity)
    {
        var first = rules.ToQuantity(quantity * exits.Fraction1).Value;
        var second = rules.ToQuantity(quantity * exits.Fraction2).Value;
        var hasRunner = exits.Fraction1 + exits.Fraction2 < 1m;
        var runner = hasRunner ? quantity - first - second : 0m;
        if (!hasRunner && exits.Fraction2 > 0m) second = quantity - first;
        else if (!hasRunner) first = quantity;

        var price1 = At(rules, side, entry, stop, exits.Target1R);
        var price2 = At(rules, side, entry, stop, exits.Target2R);
        if (TooSmall(rules, first, price1) && second + runner > 0m) (first, second) = (0m, first + second);
        if (TooSmall(rules, second, price2) && runner > 0m) (second, runner) = (0m, second + runner);
        if (TooSmall(rules, runner, stop)) (second, runner) = (second + runner, 0m);
        if (TooSmall(rules, second, price2)) (first, second) = (first + second, 0m);
        return new(first, second, runner);
    }

    /// <summary>
    /// The shares of a plan: the nominal ones while every leg is big enough (flooring shifts less than a step to
    /// the runner), else those of the merged legs.
    /// </summary>
    public static (decimal First, decimal Second) Shares(ExitOptions exits, TargetLegs legs)
    {
        var nominal = (exits.Fraction1, exits.Fraction2);
        var merged = (legs.First == 0m && exits.Fraction1 > 0m)
            || (legs.Second == 0m && exits.Fraction2 > 0m)
            || (legs.Runner == 0m && exits.Fraction1 + exits.Fraction2 < 1m);
        if (!merged || legs.Total == 0m) return nominal;
        var first = legs.First / legs.Total;
        return (first, legs.Runner == 0m ? 1m - first : legs.Second / legs.Total);
    }

    private static bool TooSmall(SymbolRules rules, decimal size, decimal price) =>
        size > 0m && !rules.Accepts(new(size), new(price));
}
