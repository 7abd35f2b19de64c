using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Signals;

/// <summary>The state machine of spec 2.11: which event leads from which state to which.</summary>
internal static class SignalTransitions
{
    public static SignalState Apply(SignalState state, SignalEvent e)
    {
        if (e is SignalEvent.Watched watched) return SignalInbox.Prune(Watch(state, watched));
        var next = Next(state, e) with { Plan = state.Plan, Version = e.Sequence };
        return next.IsFinal ? next with { Held = [], Waiting = [] } : SignalInbox.Prune(next);
    }

    private static SignalState Next(SignalState state, SignalEvent e) => (state, e) switch
    {
        (SignalState.Created, SignalEvent.EntryPlaced p) =>
            To(state, new SignalState.PendingEntry(p.ExpiresAtMs) { Plan = state.Plan }),
        (SignalState.Created or SignalState.PendingEntry, SignalEvent.Refused r) =>
            To(state, new SignalState.Refused(r.Why, e.AtMs) { Plan = state.Plan }),
        (SignalState.PendingEntry, SignalEvent.EntryExpired) =>
            To(state, new SignalState.Expired(e.AtMs) { Plan = state.Plan }),
        (SignalState.PendingEntry, SignalEvent.EntryCancelled c) =>
            To(state, new SignalState.Cancelled(c.Why, e.AtMs) { Plan = state.Plan }),
        (SignalState.PendingEntry, SignalEvent.EntryRejected r) =>
            To(state, new SignalState.Rejected(r.Code, e.AtMs) { Plan = state.Plan }),
        (SignalState.PendingEntry p, SignalEvent.CancelWanted c) => p with { CancelWanted = c.Why },
        (SignalState.PendingEntry p, SignalEvent.EntryFilled f) => Fill(state, f, p.ExpiresAtMs),
        (SignalState.PartiallyFilled p, SignalEvent.EntryFilled f) => Fill(state, f, p.ExpiresAtMs),
        (SignalState.Open o, SignalEvent.Target1Taken t) => Target1(o, t),
        (SignalState.Target1Done o, SignalEvent.Target2Taken t) => Target2(o, t),
        (_, SignalEvent.ProtectionChanged p) =>
            state with { Protection = p.Protection, ProtectionAtMs = e.AtMs },
        (_, SignalEvent.ExchangeViewChanged v) => state with { Exchange = v.View, ExchangeAtMs = e.AtMs },
        ({ Live: { } position }, SignalEvent.StopMoved m) =>
            With(state, position with { Stop = m.Stop, StopKind = m.StopKind }),
        ({ Live: { } position }, SignalEvent.FundingPaid f) => With(state, position with
        {
            FundingPaid = position.FundingPaid + f.Amount,
            FundingAssumed = position.FundingAssumed || f.Assumed,
        }),
        ({ Live: { } position }, SignalEvent.ExitWanted x) =>
            With(state, position with { ExitWanted = x.Reason }),
        ({ Live: not null }, SignalEvent.Closed c) =>
            To(state, new SignalState.Closed(c.Reason, c.Result)
            {
                Plan = state.Plan,
            }) with
            { Protection = Protection.NotNeeded },
        _ => throw new InvalidOperationException($"{e.EventId} cannot follow {state.GetType().Name}"),
    };

    private static SignalState Fill(SignalState state, SignalEvent.EntryFilled f, long expiresAtMs)
    {
        var price = (double)f.Price;
        var old = state.Live;
        var position = new Position
        {
            Entry = f.Price,
            EnteredAtMs = old?.EnteredAtMs ?? f.AtMs,
            EntrySlippage = f.Slippage,
            EntryFeeRate = f.FeeRate,
            InitialStop = f.Stop,
            Stop = f.Stop,
            Target1 = f.Target1,
            Target2 = f.Target2,
            Quantity = f.Quantity,
            Favourable = old?.Favourable ?? price,
            FavourableAtMs = old?.FavourableAtMs ?? f.AtMs,
            Adverse = old?.Adverse ?? price,
            AdverseAtMs = old?.AdverseAtMs ?? f.AtMs,
            FundingPaid = old?.FundingPaid ?? 0m,
            FundingAssumed = old?.FundingAssumed ?? false,
        };
        SignalState next = f.Whole
            ? new SignalState.Open(position) { Plan = state.Plan }
            : new SignalState.PartiallyFilled(position, expiresAtMs) { Plan = state.Plan };
        next = To(state, next);
        return state.Plan.Fills == FillSource.Exchange && next.Protection == Protection.NotNeeded
            ? next with { Protection = Protection.Missing }   // until the exchange reports the stop
            : next;
    }

    private static SignalState Target1(SignalState.Open state, SignalEvent.Target1Taken t) =>
        To(state, new SignalState.Target1Done(Reduce(state.Position, t.Exit) with
        {
            Stop = t.Stop,
            StopKind = t.StopKind,
            Target1AtMs = t.AtMs,
        })
        { Plan = state.Plan });

    private static SignalState Target2(SignalState.Target1Done state, SignalEvent.Target2Taken t) =>
        To(state, new SignalState.Target2Done(Reduce(state.Position, t.Exit) with
        {
            Target2AtMs = t.AtMs,
            TrailExtreme = (double)t.Exit.Price,
        })
        { Plan = state.Plan });

    private static Position Reduce(Position position, ExitFill exit) => position with
    {
        Remaining = position.Remaining - exit.Fraction,
        // A leg that was too small to trade leaves no fill; the target still moves the stop.
        Exits = exit.Fraction == 0m ? position.Exits : [.. position.Exits, exit],
    };

    private static SignalState Watch(SignalState state, SignalEvent.Watched w)
    {
        var last = double.IsNaN(w.Last) ? state.LastPrice : w.Last;
        if (state.Live is { } position && !double.IsNaN(w.Best))
            state = With(state, Watch(position, state.Plan.Side, w.Best, w.Worst, w.ToMs));
        return state with { KnownUntilMs = w.ToMs, LastPrice = last };
    }

    /// <summary>Takes the extremes of an interval into the position.</summary>
    public static Position Watch(Position position, Side side, double best, double worst, long toMs)
    {
        if (side.Beyond(best, position.Favourable) > 0)
            position = position with { Favourable = best, FavourableAtMs = toMs };
        if (side.Beyond(worst, position.Adverse) < 0)
            position = position with { Adverse = worst, AdverseAtMs = toMs };
        return side.Beyond(best, position.TrailExtreme) > 0   // false while NaN
            ? position with { TrailExtreme = best }
            : position;
    }

    /// <summary>The same state with another position.</summary>
    public static SignalState With(SignalState state, Position position) => state switch
    {
        SignalState.PartiallyFilled s => s with { Position = position },
        SignalState.Open s => s with { Position = position },
        SignalState.Target1Done s => s with { Position = position },
        SignalState.Target2Done s => s with { Position = position },
        _ => throw new InvalidOperationException($"{state.GetType().Name} has no position"),
    };

    private static SignalState To(SignalState from, SignalState to) => to with
    {
        KnownUntilMs = from.KnownUntilMs,
        LastPrice = from.LastPrice,
        Protection = from.Protection,
        ProtectionAtMs = from.ProtectionAtMs,
        Exchange = from.Exchange,
        ExchangeAtMs = from.ExchangeAtMs,
        Held = from.Held,
        Waiting = from.Waiting,
    };
}
