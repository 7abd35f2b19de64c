namespace FuturesBot.Domain.Signals;

/// <content>What orders from outside and reports of the exchange do.</content>
internal sealed partial class SignalFold
{
    private void Obey(SignalInput.Command command)
    {
        var atMs = Math.Max(command.AtMs, State.KnownUntilMs);
        if (State is SignalState.PendingEntry)
        {
            Withdraw(CancelReasonOf(command.Kind), atMs);
            return;
        }

        if (State.Live is not { } position || command.Kind == CommandKind.CancelEntry) return;
        var reason = CloseReasonOf(command.Kind);
        var byUs = command.Kind is CommandKind.Close or CommandKind.Kill;
        if (Plan.Fills == FillSource.Exchange && byUs)
        {
            if (position.ExitWanted is null) Emit(new SignalEvent.ExitWanted(reason), atMs);
            return;
        }

        var last = double.IsFinite(State.LastPrice) ? (decimal)State.LastPrice : position.Entry;
        var price = command.Price ?? last;
        CloseAll(reason, price, byUs ? Plan.SlippageAt(price) : 0m, atMs, atMs);
    }

    private static CancelReason CancelReasonOf(CommandKind kind) => kind switch
    {
        CommandKind.Kill => CancelReason.Kill,
        CommandKind.Settle => CancelReason.Settle,
        CommandKind.Liquidate or CommandKind.Deleverage => CancelReason.Exchange,
        _ => CancelReason.Manual,
    };

    private static CloseReason CloseReasonOf(CommandKind kind) => kind switch
    {
        CommandKind.Kill => CloseReason.Kill,
        CommandKind.Settle => CloseReason.Settle,
        CommandKind.Liquidate => CloseReason.Liq,
        CommandKind.Deleverage => CloseReason.Adl,
        _ => CloseReason.Manual,
    };

    /// <summary>Ends a pending entry: at once where we are the exchange, else by asking it.</summary>
    private void Withdraw(CancelReason why, long atMs)
    {
        if (State is not SignalState.PendingEntry pending) return;
        if (Plan.Fills == FillSource.Exchange)
        {
            if (pending.CancelWanted is null) Emit(new SignalEvent.CancelWanted(why), atMs);
        }
        else
        {
            End(why, atMs);
        }
    }

    private void End(CancelReason why, long atMs) => Emit(
        why == CancelReason.Expiry ? new SignalEvent.EntryExpired() : new SignalEvent.EntryCancelled(why), atMs);

    private void OnFact(SignalInput fact)
    {
        switch (fact)
        {
            case SignalInput.EntryOrderFilled f: OnEntryFilled(f); break;
            case SignalInput.EntryOrderRejected r: Emit(new SignalEvent.EntryRejected(r.Code), r.AtMs); break;
            case SignalInput.EntryOrderCancelled c: OnEntryCancelled(c); break;
            case SignalInput.ExitOrderFilled x: OnExitFilled(x); break;
            case SignalInput.ProtectionReported p: OnReport(p); break;
            case SignalInput.ExchangeReported v: OnReport(v); break;
            default: throw new InvalidOperationException($"No rule for {fact.GetType().Name}");
        }
    }

    private void OnEntryFilled(SignalInput.EntryOrderFilled fill)
    {
        if (fill.CumulativeQuantity <= 0m) return;
        var slippage = Math.Max(0m, Plan.Dir * (fill.MeanPrice - Plan.Entry));
        Emit(Filled(fill.MeanPrice, slippage, fill.CumulativeQuantity, fill.Whole), fill.AtMs);
    }

    // What had filled before the order ended stays, and is the whole position from now on.
    private void OnEntryCancelled(SignalInput.EntryOrderCancelled cancelled)
    {
        if (State is SignalState.PartiallyFilled { Position: { } p })
            Emit(Filled(p.Entry, p.EntrySlippage, p.Quantity, whole: true), cancelled.AtMs);
        else if (State is SignalState.PendingEntry pending)
            End(pending.CancelWanted ?? CancelReason.Exchange, cancelled.AtMs);
    }

    private void OnExitFilled(SignalInput.ExitOrderFilled x)
    {
        // A first target that was too small to trade has no fill of its own: the second implies it.
        if (x.Reason == CloseReason.Tp2 && State is SignalState.Open o)
            TakeTarget1(o.Position, TargetFill(CloseReason.Tp1, o.Position.Target1, 0m, x.AtMs));

        var position = State.Live!;
        var rest = SignalInbox.IsRest(Plan, position, x.Quantity);
        var fraction = rest ? position.Remaining : x.Quantity / position.Quantity;
        var exit = new ExitFill(x.AtMs, x.Price, fraction, x.Reason, x.FeeRate, SlippageOf(x, position));
        if (rest)
        {
            var at = (double)x.Price;
            Finish(x.Reason, SignalTransitions.Watch(position, Plan.Side, at, at, x.AtMs), exit, x.AtMs);
        }
        else if (x.Reason == CloseReason.Tp1)
        {
            TakeTarget1(position, exit);
        }
        else if (x.Reason == CloseReason.Tp2)
        {
            Emit(new SignalEvent.Target2Taken(exit), x.AtMs);
        }
    }

    // Measured against what the order stood for; an exit at the market has no reference but itself.
    private decimal SlippageOf(SignalInput.ExitOrderFilled x, Position position) => x.Reason switch
    {
        CloseReason.Sl or CloseReason.Be or CloseReason.Trail =>
            Math.Max(0m, Plan.Dir * (position.Stop - x.Price)),
        _ => 0m,
    };

    private void OnReport(SignalInput.ProtectionReported report)
    {
        if ((report.AtMs, report.Protection).CompareTo((State.ProtectionAtMs, State.Protection)) > 0)
            Emit(new SignalEvent.ProtectionChanged(report.Protection), report.AtMs);
    }

    private void OnReport(SignalInput.ExchangeReported report)
    {
        if ((report.AtMs, report.View).CompareTo((State.ExchangeAtMs, State.Exchange)) > 0)
            Emit(new SignalEvent.ExchangeViewChanged(report.View), report.AtMs);
    }
}
