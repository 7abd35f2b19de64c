using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Running;
using Outcome = FuturesBot.Domain.Signals.Outcome;

namespace FuturesBot.Dashboard.Running;

/// <summary>Signals as the page shows them.</summary>
internal static class SignalViews
{
    /// <param name="record">The signal as it was last told.</param>
    /// <param name="state">Its state now, quiet bars included.</param>
    /// <param name="last">Last price; NaN when there is none.</param>
    /// <param name="equity">For its risk in percent.</param>
    /// <param name="liveFromMs">Signals decided up to this moment are replayed ones.</param>
    public static SignalView Of(SignalRecord record, SignalState state, double last, decimal equity, long liveFromMs)
    {
        var plan = state.Plan;
        var position = state.Live;
        var closed = state as SignalState.Closed;
        var result = closed?.Result;
        return new(
            plan.Id.Value, plan.Symbol, plan.Frame, plan.Strategy, plan.Mode.ToLowerInvariant(), plan.Side, CategoryOf(plan),
            StageOf(state), closed?.Reason.ToString().ToUpperInvariant(),
            plan.EntryType == EntryType.Market ? "market" : "limit",
            position?.Entry ?? result?.Entry ?? plan.Entry,
            position?.Stop ?? plan.Stop, position?.InitialStop ?? plan.Stop,
            position?.Target1 ?? plan.Target1, position?.Target2 ?? plan.Target2,
            plan.Score, record.Regime.ToUpperInvariant(), plan.DecidedAtMs,
            position?.EnteredAtMs ?? result?.EnteredAtMs,
            state is SignalState.PendingEntry or SignalState.Created && plan.ExpiresAtMs < long.MaxValue ? plan.ExpiresAtMs : null,
            record.EndedAtMs,
            position is not null ? NowR(plan, position, last) : (double?)result?.GrossR ?? double.NaN,
            position is not null ? ExcursionR(plan, position, position.Favourable) : result?.MfeR ?? double.NaN,
            position is not null ? ExcursionR(plan, position, position.Adverse) : result?.MaeR ?? double.NaN,
            (double?)result?.GrossR ?? double.NaN,
            (double?)result?.NetR ?? double.NaN,
            OutcomeOf(result?.Outcome),
            RiskPercent(state, equity), BarsOf(state), plan.DecidedAtMs <= liveFromMs,
            plan.Execution == TradePlan.Primary ? null : plan.Execution[(plan.Execution.LastIndexOf(' ') + 1)..]);
    }

    public static SignalDetailView Detail(SignalRecord record, SignalState state, SignalView view, KernelOptions options)
    {
        var plan = state.Plan;
        var result = (state as SignalState.Closed)?.Result;
        var exits = result?.Exits ?? state.Live?.Exits ?? [];
        var quantity = state.Live?.Quantity ?? result?.Quantity ?? plan.Quantity;
        return new(
            view,
            Targets(view, plan),
            [.. record.ScoreParts.Select(Part)],
            record.ScoresItself ? double.NaN : options.Scoring.EntryThreshold,
            [.. record.Predicates.Select(PredicateViews.Of)],
            [.. record.Events.Select(happened => new LifeEventView(
                happened.AtMs, KindOf(happened), SignalText.Of(happened, state) ?? Words(happened)))],
            [.. exits.Select(exit => new ExitView(
                exit.TimeMs, exit.Price, (double)exit.Fraction, exit.Reason.ToString().ToUpperInvariant()))],
            quantity, quantity * view.EntryPrice, quantity * plan.Risk,
            (double?)result?.FeesR ?? double.NaN, (double?)result?.FundingR ?? double.NaN,
            (double?)result?.SlippageR ?? double.NaN,
            (double)plan.CostR,
            (double)options.Risk.CostMaxR,
            plan.DecisionHash.Length > 0 ? plan.DecisionHash : null)
        {
            RewardR = (double)plan.RewardR,
            BreakEvenWinRate = (double)plan.BreakEvenWinRate,
        };
    }

    /// <summary>Result in R at a price, closed parts included, before fees.</summary>
    public static double NowR(TradePlan plan, Position position, double last) => RunReading.NowR(plan, position, last);

    /// <summary>What the present stop would cost, in percent of equity; NaN when unknown.</summary>
    public static double RiskPercent(SignalState state, decimal equity) => RunReading.RiskPercent(state, equity);

    private static double ExcursionR(TradePlan plan, Position position, double price) =>
        position.Risk == 0 ? double.NaN : plan.Dir * (price - (double)position.Entry) / (double)position.Risk;

    private static int BarsOf(SignalState state) => state switch
    {
        SignalState.Closed closed => closed.Result.Bars,
        _ when state.Live is { } position =>
            (int)((state.Plan.Frame.OpenOf(Math.Max(state.KnownUntilMs - 1, position.EnteredAtMs))
                - state.Plan.Frame.OpenOf(position.EnteredAtMs)) / state.Plan.Frame.Ms()) + 1,
        _ => 0,
    };

    private static List<TargetView> Targets(SignalView view, TradePlan plan)
    {
        var risk = (double)Math.Abs(view.EntryPrice - view.InitialStop);
        double R(decimal price) => risk > 0 ? (double)Math.Abs(price - view.EntryPrice) / risk : double.NaN;
        var targets = new List<TargetView> { new("TP1", view.Tp1, R(view.Tp1), (double)plan.Fraction1) };
        if (view.Tp2 is not { } second) return targets;
        targets.Add(new("TP2", second, R(second), (double)plan.Fraction2));
        var runner = 1 - plan.Fraction1 - plan.Fraction2;
        if (runner > 0) targets.Add(new("Runner", null, double.NaN, (double)runner));
        return targets;
    }

    private static ScorePartView Part(ScorePart part) => new(
        part.Name,
        part.Points,
        part.IsUnavailable ? ModifierState.Unavailable : part.Points == 0 ? ModifierState.NotApplied : ModifierState.Applied,
        part.Because);

    private static string CategoryOf(TradePlan plan) => plan.Strategy == ActionPrice.CatalogName
        ? "action_price"
        : plan.Category switch
        {
            EntryCategory.Breakout => "breakout",
            EntryCategory.Pullback => "pullback",
            _ => "mean_reversion",
        };

    private static TradeOutcome? OutcomeOf(Outcome? outcome) => outcome switch
    {
        Outcome.Win => TradeOutcome.Win,
        Outcome.BreakEven => TradeOutcome.BreakEven,
        Outcome.Loss => TradeOutcome.Loss,
        _ => null,
    };

    private static SignalStage StageOf(SignalState state) => state switch
    {
        SignalState.Created => SignalStage.Created,
        SignalState.Refused => SignalStage.Refused,
        SignalState.PendingEntry => SignalStage.PendingEntry,
        SignalState.Expired => SignalStage.Expired,
        SignalState.Cancelled => SignalStage.Cancelled,
        SignalState.Rejected => SignalStage.Rejected,
        SignalState.PartiallyFilled => SignalStage.Partial,
        SignalState.Open => SignalStage.Open,
        SignalState.Target1Done => SignalStage.Tp1Done,
        SignalState.Target2Done => SignalStage.Tp2Done,
        SignalState.Closed => SignalStage.Closed,
        _ => throw new InvalidOperationException($"State {state.GetType().Name} has no name on the page"),
    };

    internal static string KindOf(SignalEvent happened) => happened switch
    {
        SignalEvent.EntryPlaced => "created",
        SignalEvent.EntryFilled => "entered",
        SignalEvent.Target1Taken => "tp1_taken",
        SignalEvent.Target2Taken => "tp2_taken",
        SignalEvent.StopMoved => "stop_moved",
        SignalEvent.FundingPaid => "funding",
        SignalEvent.Closed => "closed",
        _ => happened.GetType().Name.ToLowerInvariant(),
    };

    internal static string Words(SignalEvent happened) => happened switch
    {
        SignalEvent.StopMoved moved => FormattableString.Invariant($"stop to {moved.Stop}"),
        SignalEvent.FundingPaid paid => FormattableString.Invariant($"funding {paid.Rate:P4}{(paid.Assumed ? ", assumed" : "")}"),
        _ => "",
    };
}
