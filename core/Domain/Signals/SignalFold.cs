using FuturesBot.Domain.Risk;

namespace FuturesBot.Domain.Signals;

/// <summary>
/// One call of Decide: takes an input, and those that waited for it, and folds each event into the state before
/// it asks what comes next. This part keeps the order; prices and facts are in the other two.
/// </summary>
internal sealed partial class SignalFold(SignalState state)
{
    private readonly List<SignalEvent> _events = [];

    private SignalState State { get; set; } = state;

    private TradePlan Plan => State.Plan;

    public IReadOnlyList<SignalEvent> Take(SignalInput input)
    {
        if (input is not SignalInput.Command && SignalInbox.IsObsolete(State, input)) return [];
        var work = State.Held.Contains(input) ? [.. State.Held] : new List<SignalInput>(State.Held) { input };
        Work(work);
        if (State.IsFinal || !work.Contains(input) || State.Held.Contains(input)) return _events;

        if (State.Held.Count >= SignalState.WaitingMax) Overflow(work);
        if (!State.IsFinal && work.Contains(input)) Emit(new SignalEvent.Deferred(input), input.AtMs);
        return _events;
    }

    private void Work(List<SignalInput> work)
    {
        while (!State.IsFinal && NextReady(work) is { } next)
        {
            work.Remove(next);
            if (next is SignalInput.Command || !SignalInbox.IsObsolete(State, next)) Act(next);
        }
    }

    private SignalInput? NextReady(List<SignalInput> work) => work.Count switch
    {
        1 => SignalInbox.IsReady(State, work[0]) ? work[0] : null,
        _ => SignalInbox.InOrder(work).FirstOrDefault(i => SignalInbox.IsReady(State, i)),
    };

    // The predecessor of so many will not come: a verdict that stays away is a refusal, a price a gap.
    private void Overflow(List<SignalInput> work)
    {
        if (State is SignalState.Created)
        {
            Emit(new SignalEvent.Refused(Refusal.Abandoned), State.KnownUntilMs);
            return;
        }

        var interval = SignalInbox.InOrder(work)
            .FirstOrDefault(i => i is SignalInput.BarClosed or SignalInput.GapPassed);
        if (interval is null) return;   // only facts and orders wait: the furthest is let go
        Act(new SignalInput.GapPassed(State.KnownUntilMs, interval.AtMs));
        Work(work);
    }

    private void Act(SignalInput input)
    {
        switch (input)
        {
            case SignalInput.Accepted a: Emit(new SignalEvent.EntryPlaced(Plan.ExpiresAtMs), a.AtMs); break;
            case SignalInput.RefusedBy r: Emit(new SignalEvent.Refused(r.Why), r.AtMs); break;
            case SignalInput.BarClosed bar: OnBar(bar with { FromMs = State.KnownUntilMs }); break;
            case SignalInput.GapPassed gap: OnGap(gap.ToMs); break;
            case SignalInput.Command command: Obey(command); break;
            default: OnFact(input); break;
        }
    }

    private void Emit(SignalEvent e, long atMs)
    {
        e = e with
        {
            SignalId = Plan.Id,
            Sequence = State.Version + (e.IsJournal ? 1 : 0),
            AtMs = atMs,
            KnownUntilMs = State.KnownUntilMs,
        };
        State = SignalLifecycle.Evolve(State, e);
        _events.Add(e);
    }
}
