using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Dashboard;

/// <summary>All that is known of one signal: its plan and state, the decision that made it, its life.</summary>
internal sealed class SignalFile(SignalState state, DecisionRecord? decision)
{
    private readonly List<LifeEventView> _life = [];
    private decimal _stop = state.Plan.Stop;
    private decimal _target1 = state.Plan.Target1;
    private decimal? _target2 = state.Plan.Target2;

    public SignalState State { get; private set; } = state;

    public TradePlan Plan => State.Plan;

    public DecisionRecord? Decision { get; } = decision;

    public string Regime => Decision?.Regime.Label.ToString() ?? "";

    public void Take(SignalEvent what, SignalState now)
    {
        MoveTo(now);
        if (what.IsJournal) _life.Add(new(what.AtMs, KindOf(what), TextOf(what)));
    }

    public void MoveTo(SignalState now)
    {
        State = now;
        if (now.Live is not { } position) return;
        (_stop, _target1, _target2) = (position.Stop, position.Target1, position.Target2);
    }

    /// <summary>Result at this price in R, closed parts included, before costs; NaN without a position.</summary>
    public double ResultAt(double price)
    {
        if (State.Live is not { Risk: > 0 } p || double.IsNaN(price)) return double.NaN;
        var taken = p.Exits.Sum(exit => Plan.Dir * (exit.Price - p.Entry) * exit.Fraction);
        var open = Plan.Dir * ((decimal)price - p.Entry) * p.Remaining;
        return (double)((taken + open) / p.Risk);
    }

    public SignalView View(double price, double equity)
    {
        var (live, result) = (State.Live, (State as SignalState.Closed)?.Result);
        return new(
            Plan.Id.Value, Plan.Symbol, Plan.Frame, Plan.Strategy, Plan.Mode.ToLowerInvariant(), Plan.Side,
            CategoryOf(Plan.Category), KernelViews.StageOf(State), ReasonOf(State), Plan.EntryType.ToString().ToLowerInvariant(),
            live?.Entry ?? result?.Entry ?? Plan.Entry, _stop, live?.InitialStop ?? Plan.Stop, _target1, _target2,
            Plan.Score, Regime.ToUpperInvariant(), Plan.DecidedAtMs, live?.EnteredAtMs ?? result?.EnteredAtMs,
            State is SignalState.PendingEntry { ExpiresAtMs: < long.MaxValue } pending ? pending.ExpiresAtMs : null,
            EndOf(State),
            live is not null ? ResultAt(price) : (double?)result?.GrossR ?? double.NaN,
            live is not null ? Excursion(live, live.Favourable) : result?.MfeR ?? double.NaN,
            live is not null ? Excursion(live, live.Adverse) : result?.MaeR ?? double.NaN,
            (double?)result?.GrossR ?? double.NaN, (double?)result?.NetR ?? double.NaN, OutcomeOf(result),
            RiskUsdt() / equity * 100, BarsOf(result), Plan.Replayed,
            Plan.Execution == TradePlan.Primary ? null : Plan.Execution.Split(' ')[^1]);
    }

    public SignalDetailView Detail(double price, double equity, double threshold, double costGateR)
    {
        var score = Decision?.Verdict?.Ranked.Score;
        var own = Decision?.Verdict?.Ranked.Setup.ScoresItself ?? false;
        var (live, result) = (State.Live, (State as SignalState.Closed)?.Result);
        var exits = live?.Exits ?? result?.Exits ?? [];
        var quantity = live?.Quantity ?? result?.Quantity ?? Plan.Quantity;
        return new(
            View(price, equity), Targets(), [.. (score?.Parts ?? []).Select(KernelViews.Of)], own ? double.NaN : threshold,
            [.. (Decision?.Predicates ?? []).Select(p => KernelViews.Of(p))], [.. _life],
            [.. exits.Select(x => new ExitView(x.TimeMs, x.Price, (double)x.Fraction, x.Reason.ToString().ToUpperInvariant()))],
            quantity, quantity * (live?.Entry ?? result?.Entry ?? Plan.Entry), Plan.Risk * Plan.Quantity,
            (double?)result?.FeesR ?? double.NaN, (double?)result?.FundingR ?? double.NaN,
            (double?)result?.SlippageR ?? double.NaN, (double)Plan.CostR, costGateR,
            Plan.DecisionHash.Length == 0 ? null : Plan.DecisionHash)
        {
            RewardR = (double)Plan.RewardR,
            BreakEvenWinRate = (double)Plan.BreakEvenWinRate,
        };
    }

    /// <summary>What the stop would cost now, USDT; the plan's risk while it waits.</summary>
    public double RiskUsdt()
    {
        if (State.IsFinal || Plan.Execution != TradePlan.Primary) return 0;
        return (double)(State.Live is { } p
            ? Math.Max(0, Plan.Dir * (p.Entry - p.Stop)) * p.Remaining * p.Quantity
            : Plan.Risk * Plan.Quantity);
    }

    private TargetView[] Targets()
    {
        var entry = State.Live?.Entry ?? Plan.Entry;
        var risk = State.Live?.Risk ?? Plan.Risk;
        double R(decimal price) => risk == 0 ? double.NaN : (double)(Plan.Dir * (price - entry) / risk);
        if (_target2 is not { } second) return [new("TP1", _target1, R(_target1), 1)];
        var rest = 1 - Plan.Fraction1 - Plan.Fraction2;
        TargetView[] targets =
        [
            new("TP1", _target1, R(_target1), (double)Plan.Fraction1), new("TP2", second, R(second), (double)Plan.Fraction2),
        ];
        return rest > 0 ? [.. targets, new("Runner", null, double.NaN, (double)rest)] : targets;
    }

    private double Excursion(Position live, double price) =>
        live.Risk == 0 ? double.NaN : Plan.Side.Beyond(price, (double)live.Entry) / (double)live.Risk;

    private int BarsOf(TradeResult? result) => result?.Bars ?? (State.Live is { } live
        ? (int)((State.KnownUntilMs - Plan.Frame.OpenOf(live.EnteredAtMs)) / Plan.Frame.Ms())
        : 0);

    private static string CategoryOf(EntryCategory category) => category switch
    {
        EntryCategory.Breakout => "breakout",
        EntryCategory.Pullback => "pullback",
        _ => "mean_reversion",
    };

    private static TradeOutcome? OutcomeOf(TradeResult? result) => result?.Outcome switch
    {
        Outcome.Win => TradeOutcome.Win,
        Outcome.BreakEven => TradeOutcome.BreakEven,
        Outcome.Loss => TradeOutcome.Loss,
        _ => null,
    };

    private static string? ReasonOf(SignalState state) => state switch
    {
        SignalState.Closed closed => closed.Reason.ToString().ToUpperInvariant(),
        SignalState.Refused refused => refused.Why.ToString(),
        SignalState.Cancelled cancelled => cancelled.Why.ToString(),
        SignalState.Rejected rejected => rejected.Code,
        _ => null,
    };

    private static long? EndOf(SignalState state) => state switch
    {
        SignalState.Closed closed => closed.Result.ClosedAtMs,
        SignalState.Refused refused => refused.AtMs,
        SignalState.Expired expired => expired.AtMs,
        SignalState.Cancelled cancelled => cancelled.AtMs,
        SignalState.Rejected rejected => rejected.AtMs,
        _ => null,
    };

    private static string KindOf(SignalEvent what) => what switch
    {
        SignalEvent.EntryPlaced => "created",
        SignalEvent.EntryFilled => "entered",
        SignalEvent.Target1Taken => "TP1 taken",
        SignalEvent.Target2Taken => "TP2 taken",
        _ => what.GetType().Name,
    };

    internal static string TextOf(SignalEvent what) => what switch
    {
        SignalEvent.EntryPlaced { ExpiresAtMs: < long.MaxValue } => "waiting for its limit price",
        SignalEvent.EntryPlaced => "entry wanted at the market",
        SignalEvent.Refused refused => KernelViews.TitleOf(refused.Why),
        SignalEvent.EntryCancelled cancelled => cancelled.Why.ToString(),
        SignalEvent.EntryRejected rejected => rejected.Code,
        SignalEvent.EntryFilled filled => $"at {filled.Price:0.##########}",
        SignalEvent.Target1Taken taken =>
            $"{taken.Exit.Fraction:P0} at {taken.Exit.Price:0.##########}, stop to {taken.Stop:0.##########}",
        SignalEvent.Target2Taken taken => $"{taken.Exit.Fraction:P0} at {taken.Exit.Price:0.##########}, the rest trails",
        SignalEvent.StopMoved moved => $"to {moved.Stop:0.##########}",
        SignalEvent.FundingPaid paid => $"{paid.Rate:P4}{(paid.Assumed ? ", assumed" : "")}",
        SignalEvent.Closed closed => $"{closed.Reason.ToString().ToUpperInvariant()}, {closed.Result.NetR:+0.00;−0.00;0.00} R net",
        _ => "",
    };
}
