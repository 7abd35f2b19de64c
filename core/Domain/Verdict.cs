using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Scoring;
using FuturesBot.Domain.Signals;

namespace FuturesBot.Domain;

/// <summary>What became of a trigger: a plan, or a refusal with the number that refused it.</summary>
public abstract record Verdict(RankedSetup Ranked)
{
    public sealed record Approved(RankedSetup Ranked, TradePlan Plan) : Verdict(Ranked)
    {
        /// <summary>Expected cost of the round trip, R.</summary>
        public decimal CostR => Plan.CostR;

        /// <summary>Share of such trades that must reach all targets to lose nothing, 0–1.</summary>
        public decimal BreakEvenWinRate => Plan.BreakEvenWinRate;
    }

    /// <param name="Value">What was measured; NaN for a plain yes-or-no refusal.</param>
    /// <param name="Limit">What would have passed; NaN likewise.</param>
    public sealed record Refused(RankedSetup Ranked, Refusal Why, double Value, double Limit) : Verdict(Ranked);
}
