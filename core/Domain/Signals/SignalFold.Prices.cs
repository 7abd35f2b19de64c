using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;

namespace FuturesBot.Domain.Signals;

/// <content>What the price path does: pessimistic wherever a bar does not tell the order (spec 2.11).</content>
internal sealed partial class SignalFold
{
    /// <summary>A longer gap restarts the symbol (spec 2.17).</summary>
    private const int GapBarsMax = 12;

    private void OnBar(SignalInput.BarClosed bar)
    {
        // Of the bar in which a limit order fills, only the close surely comes after the fill.
        var whole = State is not SignalState.PendingEntry || EnteredAtOpen(bar);
        if (State.Live is not null) Walk(bar, whole);
        if (State.IsFinal) return;

        var (best, worst) = Extremes(bar, whole);
        Emit(new SignalEvent.Watched(bar.ToMs, best, worst, bar.Close), bar.ToMs);
        AtClose(bar);
    }

    private (double Best, double Worst) Extremes(SignalInput.BarClosed bar, bool whole)
    {
        if (State.Live is null) return (double.NaN, double.NaN);
        return Plan.Side == Side.Long
            ? (whole ? bar.High : bar.Close, bar.Low)
            : (whole ? bar.Low : bar.Close, bar.High);
    }

    private void OnGap(long toMs)
    {
        var bars = (toMs - State.KnownUntilMs) / Plan.Frame.Ms();
        if (State is SignalState.PendingEntry && bars > GapBarsMax)
        {
            Withdraw(CancelReason.Gap, toMs);
            if (State.IsFinal) return;
        }

        // Settlements in the gap count at the last known price: a position pays whether we look or not.
        if (State.Live is not null && double.IsFinite(State.LastPrice))
            SettleFunding(State.KnownUntilMs, toMs, State.LastPrice, double.NaN);
        Emit(new SignalEvent.Watched(toMs, double.NaN, double.NaN, double.NaN), toMs);
        ExpireEntry();
    }

    // ---- entry

    /// <summary>Enters when the bar says so; true when the whole bar comes after the fill.</summary>
    private bool EnteredAtOpen(SignalInput.BarClosed bar)
    {
        if (Plan.Fills == FillSource.Exchange) return true;
        if (Plan.EntryType == EntryType.Market)
        {
            EnterAtMarket(bar);
            return true;
        }

        var trigger = (double)(Plan.Entry - (Plan.Dir * Plan.Exits.EntryThroughTicks * Plan.Rules.TickSize));
        var reach = Plan.Side == Side.Long ? bar.Low : bar.High;
        if (bar.ToMs > Plan.ExpiresAtMs || Plan.Side.Beyond(reach, trigger) > 0) return true;

        // A resting order fills at its own price, also when the bar opens beyond it.
        Enter(Plan.Entry, slippage: 0m, bar.FromMs);
        return Plan.Side.Beyond(bar.Open, trigger) <= 0;
    }

    private void EnterAtMarket(SignalInput.BarClosed bar)
    {
        var open = (decimal)bar.Open;
        var price = OnTick(open + (Plan.Dir * Plan.SlippageAt(open)), up: Plan.Side == Side.Long);
        var risk = Plan.Dir * (price - Plan.Stop);
        if (risk <= 0m || Math.Abs(risk - Plan.Risk) > Plan.Exits.MissedShareOfR * Plan.Risk)
            Emit(new SignalEvent.Refused(Refusal.Missed), bar.FromMs);
        else
            Enter(price, Math.Abs(price - open), bar.FromMs);
    }

    private void Enter(decimal price, decimal slippage, long atMs) =>
        Emit(Filled(price, slippage, Plan.Quantity, whole: true), atMs);

    private SignalEvent.EntryFilled Filled(decimal price, decimal slippage, decimal quantity, bool whole)
    {
        var exits = Plan.Exits;
        return new(
            price,
            slippage,
            Costs.EntryRate(Plan.Costs, Plan.EntryType),
            quantity,
            Plan.Stop,
            Targets.At(Plan.Rules, Plan.Side, price, Plan.Stop, exits.Target1R),
            Plan.Fraction1 < 1m ? Targets.At(Plan.Rules, Plan.Side, price, Plan.Stop, exits.Target2R) : null,
            whole);
    }

    private void ExpireEntry()
    {
        if (State is SignalState.PendingEntry { CancelWanted: null } p && p.ExpiresAtMs <= State.KnownUntilMs)
            Withdraw(CancelReason.Expiry, p.ExpiresAtMs);
    }

    // ---- exits inside the bar

    private void Walk(SignalInput.BarClosed bar, bool whole)
    {
        SettleFunding(bar.FromMs, bar.ToMs, bar.Open, bar.FundingRate);
        if (Plan.Fills == FillSource.Exchange) return;
        if (StoppedOut(bar, whole) || OverdueAtOpen(bar)) return;

        var best = Plan.Side == Side.Long ? bar.High : bar.Low;
        if (!whole) best = bar.Close;
        if (State is SignalState.Open open && Reaches(best, open.Position.Target1))
            TakeTarget1(open.Position, bar, whole);
        if (State is SignalState.Target1Done { Position: { Target2: { } target2 } position }
            && Reaches(best, target2))
            TakeTarget2(position, target2, bar, whole);
    }

    private bool StoppedOut(SignalInput.BarClosed bar, bool whole)
    {
        var position = State.Live!;
        var worst = Plan.Side == Side.Long ? bar.Low : bar.High;
        if (Plan.Side.Beyond(worst, (double)position.Stop) > 0) return false;

        var gapped = whole && Plan.Side.Beyond(bar.Open, (double)position.Stop) < 0;
        var reference = gapped ? (decimal)bar.Open : position.Stop;
        var slippage = Plan.StopSlippageAt(reference);
        CloseAll(ReasonOf(position), reference, slippage, gapped ? bar.FromMs : bar.ToMs, bar.ToMs);
        return true;
    }

    private static CloseReason ReasonOf(Position position) => position.StopKind switch
    {
        StopKind.Initial => CloseReason.Sl,
        StopKind.BreakEven => CloseReason.Be,
        _ => CloseReason.Trail,
    };

    // Only a gap lets a time stop pass without a price: it is caught up at the first one.
    private bool OverdueAtOpen(SignalInput.BarClosed bar)
    {
        if (TimeStops.DeadlineMs(State) > bar.FromMs) return false;
        var open = (decimal)bar.Open;
        CloseAll(CloseReason.Time, open, Plan.SlippageAt(open), bar.FromMs, bar.ToMs);
        return true;
    }

    private bool Reaches(double best, decimal target)
    {
        var level = (double)(target + (Plan.Dir * Plan.Exits.TargetThroughTicks * Plan.Rules.TickSize));
        return Plan.Side.Beyond(best, level) >= 0;
    }

    private void TakeTarget1(Position position, SignalInput.BarClosed bar, bool whole)
    {
        var atMs = TimeAt(bar, whole, position.Target1);
        if (Plan.Fraction1 >= position.Remaining)
        {
            CloseAtTarget(CloseReason.Tp1, position, position.Target1, atMs, bar);
            return;
        }

        TakeTarget1(position, TargetFill(CloseReason.Tp1, position.Target1, Plan.Fraction1, atMs));
    }

    private void TakeTarget1(Position position, ExitFill exit)
    {
        var (stop, kind) = StopAfterTarget1(position);
        Emit(new SignalEvent.Target1Taken(exit, stop, kind), exit.TimeMs);
    }

    private void TakeTarget2(Position position, decimal target2, SignalInput.BarClosed bar, bool whole)
    {
        var atMs = TimeAt(bar, whole, target2);
        if (Plan.Fraction2 >= position.Remaining)
            CloseAtTarget(CloseReason.Tp2, position, target2, atMs, bar);
        else
            Emit(new SignalEvent.Target2Taken(TargetFill(CloseReason.Tp2, target2, Plan.Fraction2, atMs)), atMs);
    }

    private long TimeAt(SignalInput.BarClosed bar, bool whole, decimal target) =>
        whole && Plan.Side.Beyond(bar.Open, (double)target) >= 0 ? bar.FromMs : bar.ToMs;

    // A target is a resting order: its own price, maker fee, no slippage, also when the bar opens beyond it.
    private ExitFill TargetFill(CloseReason reason, decimal price, decimal fraction, long atMs) =>
        new(atMs, price, fraction, reason, Costs.MakerRate(Plan.Costs), Slippage: 0m);

    private (decimal Stop, StopKind Kind) StopAfterTarget1(Position position)
    {
        if (Plan.Exits.BreakEven == BreakEvenRule.Off) return (position.Stop, position.StopKind);
        var cost = Plan.Exits.BreakEven == BreakEvenRule.Entry ? 0m : BreakEvenCost(position);
        var stop = OnTick(position.Entry + (Plan.Dir * cost), up: Plan.Side == Side.Long);
        return (stop, StopKind.BreakEven);
    }

    // The entry's slippage is in the fill already; the way out is taken at the stop, with the stop's.
    private decimal BreakEvenCost(Position position) =>
        (position.Entry * (position.EntryFeeRate + Costs.TakerRate(Plan.Costs)))
        + Plan.StopSlippageAt(position.Entry);

    // ---- at the bar's close

    private void AtClose(SignalInput.BarClosed bar)
    {
        ExpireEntry();
        if (State.Live is not { ExitWanted: null } position) return;
        if (TimeStops.DeadlineMs(State) <= bar.ToMs)
        {
            if (Plan.Fills == FillSource.Exchange)
            {
                Emit(new SignalEvent.ExitWanted(CloseReason.Time), bar.ToMs);
                return;
            }

            var close = (decimal)bar.Close;
            CloseAll(CloseReason.Time, close, Plan.SlippageAt(close), bar.ToMs, bar.ToMs);
            return;
        }

        if (State is SignalState.Target2Done && double.IsFinite(bar.Atr)) Trail(position, bar);
    }

    private void Trail(Position position, SignalInput.BarClosed bar)
    {
        var level = position.TrailExtreme - (Plan.Dir * Plan.Exits.TrailAtr * bar.Atr);
        var step = Plan.Side.Beyond(level, (double)position.Stop);
        if (step <= 0 || step < Plan.Exits.TrailStepAtr * bar.Atr) return;
        var stop = OnTick((decimal)level, up: Plan.Side == Side.Short);
        if (Plan.Dir * (stop - position.Stop) > 0m)
            Emit(new SignalEvent.StopMoved(stop, StopKind.Trail), bar.ToMs);
    }

    // ---- money

    private void SettleFunding(long fromMs, long toMs, double price, double knownRate)
    {
        var position = State.Live!;
        var assumed = !double.IsFinite(knownRate);
        var rate = assumed ? Plan.Funding.Rate : (decimal)knownRate;
        if (rate == 0m) return;
        var atMs = Plan.Funding.AtOrAfter(Math.Max(fromMs, position.EnteredAtMs + 1));
        for (; atMs < toMs; atMs = Plan.Funding.After(atMs))
        {
            var amount = position.Remaining * FundingSchedule.Cost(Plan.Side, (decimal)price, rate);
            Emit(new SignalEvent.FundingPaid(amount, rate, assumed), atMs);
        }
    }

    private void CloseAtTarget(
        CloseReason reason, Position position, decimal price, long atMs, SignalInput.BarClosed bar)
    {
        // The exit's own price is the best that counts; the bar's other end may have come before.
        var worst = Plan.Side == Side.Long ? bar.Low : bar.High;
        var watched = SignalTransitions.Watch(position, Plan.Side, (double)price, worst, bar.ToMs);
        Finish(reason, watched, TargetFill(reason, price, position.Remaining, atMs), bar.ToMs);
    }

    /// <summary>Closes the rest as a taker, worse than the reference by the slippage.</summary>
    private void CloseAll(CloseReason reason, decimal reference, decimal slippage, long atMs, long barToMs)
    {
        var position = State.Live!;
        var price = OnTick(reference - (Plan.Dir * slippage), up: Plan.Side == Side.Short);
        var exit = new ExitFill(
            atMs, price, position.Remaining, reason, Costs.TakerRate(Plan.Costs), Math.Abs(price - reference));
        var at = (double)price;
        Finish(reason, SignalTransitions.Watch(position, Plan.Side, at, at, barToMs), exit, barToMs);
    }

    private void Finish(CloseReason reason, Position watched, ExitFill exit, long barToMs)
    {
        var final = watched with { Remaining = 0m, Exits = [.. watched.Exits, exit] };
        Emit(new SignalEvent.Closed(reason, TradeAccount.Close(Plan, final, reason, barToMs)), exit.TimeMs);
    }

    private decimal OnTick(decimal price, bool up)
    {
        var tick = Plan.Rules.TickSize;
        return (up ? Math.Ceiling(price / tick) : Math.Floor(price / tick)) * tick;
    }
}
