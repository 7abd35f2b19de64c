using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Scoring;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain;

/// <summary>
/// Holds the triggers of one closing time against scores, conflicts, locks, costs and limits, in an order
/// without ties. Each leaves as a plan or as a refusal with the number that refused it (spec 2.9–2.13).
/// </summary>
public sealed class Gatekeeper(KernelOptions options, IReadOnlyList<SymbolDesk> desks, Account account)
{
    private readonly List<RankedSetup> _standing = [];
    private readonly List<TradePlan> _approved = [];   // of this closing time; not on the desks yet

    /// <summary>
    /// Nothing new begins. Asked last, so that every other reason still says what it would have said.
    /// </summary>
    public bool Halted { get; set; }

    /// <summary>Judges all triggers of one closing time.</summary>
    /// <param name="ranked">The triggers; sorted in place.</param>
    /// <param name="btc">BTC at this time.</param>
    /// <param name="nowMs">The closing time.</param>
    /// <param name="verdicts">Takes one verdict a trigger, in the order they were judged.</param>
    public void Judge(List<RankedSetup> ranked, in BtcReading btc, long nowMs, List<Verdict> verdicts)
    {
        if (ranked.Count == 0) return;
        ranked.Sort(RankedSetup.Compare);
        _standing.Clear();
        _approved.Clear();
        foreach (var setup in ranked)
        {
            if (ByScore(setup, btc) is { } refused) verdicts.Add(refused);
            else _standing.Add(setup);
        }

        foreach (var setup in _standing)
        {
            verdicts.Add(ByConflict(setup) ?? ByLock(setup, nowMs) ?? Plan(setup, nowMs));
        }
    }

    private static Verdict.Refused Refuse(RankedSetup ranked, Refusal why, double value = double.NaN, double limit = double.NaN) =>
        new(ranked, why, value, limit);

    private Verdict.Refused? ByScore(RankedSetup ranked, in BtcReading btc)
    {
        var desk = DeskOf(ranked);
        if (desk.IsFrozen)
            return Refuse(ranked, Refusal.AfterGap, desk.View.Frame(desk.Listing.BaseFrame).Bars.BarsSinceGap, SymbolDesk.FreezeBars + 1);
        if (ranked.Setup.ScoresItself) return null;   // Action Price has judged itself
        if (btc.BlocksMeanReversion && ranked.Setup.Category == EntryCategory.MeanReversion)
            return Refuse(ranked, Refusal.BtcImpulse);
        var score = ranked.Score;
        if (score.Total < options.Scoring.EntryThreshold)
            return Refuse(ranked, Refusal.ScoreTooLow, score.Total, options.Scoring.EntryThreshold);
        return score.FactorsApplied < score.FactorsNeeded
            ? Refuse(ranked, Refusal.TooFewFactors, score.FactorsApplied, score.FactorsNeeded)
            : null;
    }

    /// <summary>Opposite directions on one symbol: a clear lead wins, otherwise both are dropped.</summary>
    private Verdict.Refused? ByConflict(RankedSetup ranked)
    {
        if (ranked.Setup.ScoresItself) return null;
        var mine = Best(ranked, ranked.Setup.Kind.Side);
        var theirs = Best(ranked, ranked.Setup.Kind.Side.Opposite());
        return theirs > double.NegativeInfinity && mine - theirs < options.Scoring.ConflictLead
            ? Refuse(ranked, Refusal.Conflict, mine - theirs, options.Scoring.ConflictLead)
            : null;
    }

    private double Best(RankedSetup like, Side side)
    {
        var best = double.NegativeInfinity;
        foreach (var other in _standing)
        {
            if (other.Symbol == like.Symbol && other.Setup.Kind.Side == side && !other.Setup.ScoresItself)
                best = Math.Max(best, other.Score.Total);
        }

        return best;
    }

    private Verdict.Refused? ByLock(RankedSetup ranked, long nowMs)
    {
        var kind = ranked.Setup.Kind;
        var locks = DeskOf(ranked).Locks;
        if (locks.IsBlocked(kind.StrategyCode)) return Refuse(ranked, Refusal.StrategyBlocked);
        var until = locks.LockedUntilMs(ranked.Setup.ScoresItself, kind.Side);
        if (until <= nowMs) return null;
        var minutes = (until - nowMs) / 60_000.0;
        return Refuse(ranked, ranked.Setup.ScoresItself ? Refusal.CoolDown : Refusal.Locked, minutes, 0);
    }

    private Verdict Plan(RankedSetup ranked, long nowMs)
    {
        var desk = DeskOf(ranked);
        var verdict = PlanMaker.Make(ranked, desk, options, account.Equity, nowMs);
        if (verdict is not Verdict.Approved approved) return verdict;

        var plan = approved.Plan;
        if (Occupant(desk) is { } occupant)
        {
            if (occupant.Side != plan.Side) return Refuse(ranked, Refusal.OpposingPosition);
            plan = plan with { Execution = $"shadowed by {occupant.Id.Value}" };
        }
        else if (ByPortfolio(ranked, plan) is { } refused)
        {
            return refused;
        }

        if (Halted) return Refuse(ranked, Refusal.Halted);
        Lock(ranked, desk, nowMs);
        _approved.Add(plan);   // the next trigger of this closing time sees it
        return new Verdict.Approved(ranked, plan);
    }

    private void Lock(RankedSetup ranked, SymbolDesk desk, long nowMs)
    {
        var kind = ranked.Setup.Kind;
        var minutes = ranked.Setup.ScoresItself
            ? options.Strategies.ActionPrice.Options.CoolDownBars * ranked.Setup.Frame.Minutes()
            : options.Scoring.LockMinutes;
        desk.Locks.Lock(ranked.Setup.ScoresItself, kind.Side, nowMs + (minutes * TimeFrame.M1.Ms()));
        desk.Locks.Block(kind.StrategyCode);
    }

    /// <summary>The primary signal that holds the symbol's one position, filled or still waiting.</summary>
    private TradePlan? Occupant(SymbolDesk desk)
    {
        foreach (var tracker in desk.Live)
        {
            if (tracker.Plan.Execution == TradePlan.Primary) return tracker.Plan;
        }

        foreach (var plan in _approved)
        {
            if (plan.Symbol == desk.Symbol && plan.Execution == TradePlan.Primary) return plan;
        }

        return null;
    }

    private Verdict.Refused? ByPortfolio(RankedSetup ranked, TradePlan plan)
    {
        var positions = 1;
        var risk = Account.OpenRisk(desks) + (plan.Risk * plan.Quantity);
        foreach (var desk in desks)
        {
            foreach (var tracker in desk.Live) positions += tracker.Plan.Execution == TradePlan.Primary ? 1 : 0;
        }

        foreach (var other in _approved)
        {
            if (other.Execution != TradePlan.Primary) continue;
            positions++;
            risk += other.Risk * other.Quantity;
        }

        if (positions > options.Risk.PositionsMax)
            return Refuse(ranked, Refusal.TooManyPositions, positions, options.Risk.PositionsMax);
        var share = account.Equity > 0 ? risk / account.Equity : decimal.MaxValue;
        return share > options.Risk.OpenRiskMax
            ? Refuse(ranked, Refusal.OpenRiskTooHigh, (double)share, (double)options.Risk.OpenRiskMax)
            : null;
    }

    private SymbolDesk DeskOf(RankedSetup ranked)
    {
        foreach (var desk in desks)
        {
            if (desk.Symbol == ranked.Symbol) return desk;
        }

        throw new InvalidOperationException($"Symbol {ranked.Symbol} has no desk");
    }
}
