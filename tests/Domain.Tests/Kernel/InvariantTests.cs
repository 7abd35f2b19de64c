using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Kernel;

/// <summary>
/// What holds for every signal of a long run with minutes, checked against the minutes and by arithmetic of
/// its own: the faults of spec 1.10 that show only in a whole run.
/// </summary>
public sealed class InvariantTests
{
    private static readonly Lazy<Transcript> Ran = new(() => KernelMarket.Run(withMinutes: true).Transcript);

    private static readonly Lazy<Dictionary<SignalId, (TradePlan Plan, DecisionRecord Decision)>> Plans = new(() =>
        Ran.Value.Verdicts
            .Select(decision => (Plan: (decision.Verdict as Verdict.Approved)?.Plan, Decision: decision))
            .Where(entry => entry.Plan is not null)
            .ToDictionary(entry => entry.Plan!.Id, entry => (entry.Plan!, entry.Decision)));

    [Fact]
    public void Fills_HappenAfterTheDecisionAtAPriceThatWasThere()
    {
        // 1.10 #21: not against the bar that gave the signal, and a limit only when price trades through it.
        var fills = Ran.Value.Events.OfType<SignalEvent.EntryFilled>().ToArray();

        Assert.Contains(fills, fill => PlanOf(fill).EntryType == EntryType.Limit);
        Assert.Contains(fills, fill => PlanOf(fill).EntryType == EntryType.Market);
        foreach (var fill in fills)
        {
            var plan = PlanOf(fill);
            var minute = MinuteAt(plan.Symbol, fill.AtMs);
            Assert.True(fill.AtMs >= plan.DecidedAtMs, $"{plan.Id} of {plan.DecidedAtMs} was filled at {fill.AtMs}");
            if (plan.EntryType == EntryType.Market)
            {
                Assert.Equal(plan.DecidedAtMs, fill.AtMs);
                Assert.True(plan.Dir * (fill.Price - (decimal)minute.Open) > 0, $"{plan.Id}: slippage was not against it");
                continue;
            }

            var through = (double)(plan.Entry - (plan.Dir * plan.Rules.TickSize));
            var reached = plan.Side == Side.Long ? minute.Low : minute.High;
            Assert.Equal(plan.Entry, fill.Price);
            Assert.True(plan.Side.Beyond(reached, through) <= 1e-9, $"{plan.Id}: {reached} did not trade through {plan.Entry}");
            Assert.True(fill.AtMs < plan.ExpiresAtMs, $"{plan.Id} was filled after it had expired");
        }
    }

    [Fact]
    public void Trades_AreOnlyThoseThatWereFilled()
    {
        // 1.10 #10: a limit that was never filled has no result.
        var filled = Ran.Value.Events.OfType<SignalEvent.EntryFilled>().Select(fill => fill.SignalId).ToHashSet();
        var closed = Ran.Value.Events.OfType<SignalEvent.Closed>().ToArray();

        Assert.True(closed.Length > 50, $"{closed.Length} trades are too few");
        Assert.All(closed, trade => Assert.Contains(trade.SignalId, filled));
        Assert.Contains(Ran.Value.Events, happened => happened is SignalEvent.EntryExpired);
        Assert.Equal(closed.Length, closed.Select(trade => trade.SignalId).Distinct().Count());
    }

    [Fact]
    public void Results_AreWhatTheExitsAndCostsMakeThem()
    {
        // 1.10 #19: fees, funding and slippage are in every result.
        foreach (var closed in Ran.Value.Events.OfType<SignalEvent.Closed>())
        {
            var (plan, result) = (PlanOf(closed), closed.Result);
            var made = result.Exits.Sum(exit => exit.Fraction * plan.Dir * (exit.Price - result.Entry)) / result.Risk;

            Near(1, result.Exits.Sum(exit => exit.Fraction));
            Near(made - result.FeesR - result.FundingR, result.NetR);
            Near(result.GrossR - result.FeesR - result.FundingR - result.SlippageR, result.NetR);
            Assert.True(result.FeesR > 0 && result.SlippageR >= 0, $"{plan.Id} had no costs");
            Assert.True(result.MaeR <= 0 && result.MfeR >= 0, $"{plan.Id}: MFE {result.MfeR}, MAE {result.MaeR}");
        }
    }

    [Fact]
    public void Exits_LieInsideTheMinuteThatMadeThem()
    {
        foreach (var closed in Ran.Value.Events.OfType<SignalEvent.Closed>())
        {
            var plan = PlanOf(closed);
            foreach (var exit in closed.Result.Exits)
            {
                var minute = MinuteAt(plan.Symbol, exit.TimeMs, orBefore: true);
                var reference = exit.Price + (plan.Dir * exit.Slippage);
                var tick = plan.Rules.TickSize;
                Assert.True(
                    reference >= (decimal)minute.Low - tick && reference <= (decimal)minute.High + tick,
                    $"{plan.Id} {exit.Reason}: {reference} at {exit.TimeMs} was outside {minute.Low}…{minute.High}");
            }
        }
    }

    [Fact]
    public void Plans_HaveTheirStopAndTargetsWhereTheRuleWantsThem()
    {
        foreach (var (plan, decision) in Plans.Value.Values)
        {
            var tick = plan.Rules.TickSize;
            var risk = plan.Dir * (plan.Entry - plan.Stop);
            var fromSignal = plan.Dir * (double)(plan.Entry - plan.Stop) / plan.Atr;
            Assert.True(risk > 0, $"{plan.Id}: the stop was on the wrong side");
            Assert.True(fromSignal <= 3 + (double)(4 * tick) / plan.Atr, $"{plan.Id}: the stop was {fromSignal} ATR away");
            Assert.InRange(plan.Dir * (plan.Target1 - plan.Entry), risk - tick, risk + tick);
            if (plan.Target2 is { } second) Assert.InRange(plan.Dir * (second - plan.Entry), (2 * risk) - tick, (2 * risk) + tick);
            Assert.True(plan.Stop % (100 * tick) != 0, $"{plan.Id}: the stop was on a round number");
            Assert.Equal(decision.AtMs, plan.DecidedAtMs);
        }
    }

    [Fact]
    public void Scores_AreTheSumOfTheirPartsAndPassTheirThreshold()
    {
        var options = KernelMarket.Options.Scoring;
        foreach (var decision in Ran.Value.Verdicts)
        {
            var ranked = decision.Verdict!.Ranked;
            var sum = ranked.Score.Parts.Where(part => !part.IsUnavailable).Sum(part => part.Points);
            Assert.Equal(sum, ranked.Score.Total, 9);
            if (ranked.Setup.ScoresItself || decision.Verdict is not Verdict.Approved) continue;
            Assert.True(ranked.Score.Total >= options.EntryThreshold);
            Assert.True(ranked.Score.FactorsApplied >= Math.Min(2, (ranked.Score.FactorsKnown + 1) / 2));
        }

        // 1.10 #22: the regime of a signal is the one that was, not a word in the code.
        Assert.True(Plans.Value.Values.Select(entry => entry.Decision.Regime.Label).Distinct().Count() > 1);
    }

    [Fact]
    public void Positions_AreOneASymbolAndSignalsOneAStrategy()
    {
        var live = new Dictionary<SignalId, TradePlan>();
        var shadowed = 0;
        foreach (var happened in Ran.Value.Events)
        {
            var plan = PlanOf(happened);
            switch (happened)
            {
                case SignalEvent.EntryPlaced:
                    var here = live.Values.Where(other => other.Symbol == plan.Symbol).ToArray();
                    var primary = here.Where(other => other.Execution == TradePlan.Primary).ToArray();
                    Assert.DoesNotContain(here, other => other.Strategy == plan.Strategy);
                    if (plan.Execution == TradePlan.Primary)
                    {
                        Assert.Empty(primary);
                    }
                    else
                    {
                        shadowed++;
                        Assert.Equal($"shadowed by {Assert.Single(primary).Id.Value}", plan.Execution);
                        Assert.Equal(primary[0].Side, plan.Side);
                    }

                    live.Add(plan.Id, plan);
                    break;
                case SignalEvent.Closed or SignalEvent.Refused or SignalEvent.EntryExpired or SignalEvent.EntryCancelled:
                    live.Remove(plan.Id);
                    break;
            }
        }

        Assert.True(shadowed > 0, "no signal was ever shadowed");
    }

    private static void Near(decimal expected, decimal actual) => Assert.InRange(actual, expected - 1e-8m, expected + 1e-8m);

    private static TradePlan PlanOf(SignalEvent happened) => Plans.Value[happened.SignalId].Plan;

    private static Candle MinuteAt(Symbol symbol, long atMs, bool orBefore = false)
    {
        var feed = KernelMarket.Feed;
        var desk = feed.Listings.Select((listing, i) => (listing.Symbol, i)).Single(entry => entry.Symbol == symbol).i;
        var index = (int)((atMs - GeneratedFeed.StartMs) / 60_000);
        var minutes = feed.Minutes(desk);
        if (!orBefore) return minutes[index];

        // An exit carries the open or the close of its minute: either neighbour may be the one.
        var (before, after) = (minutes[Math.Max(0, index - 1)], minutes[Math.Min(index, minutes.Count - 1)]);
        return after with { High = Math.Max(before.High, after.High), Low = Math.Min(before.Low, after.Low) };
    }
}
