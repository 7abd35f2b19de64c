namespace FuturesBot.Domain.Signals;

/// <summary>
/// The whole life of a signal as a pure pair: <see cref="Decide"/> says what happens, <see cref="Evolve"/> what
/// that makes of the state. No clock, no I/O, no log.
/// </summary>
/// <remarks>
/// <para>
/// <b>Doubled, late, reordered.</b> Intervals of the price path tile market time: one that ends before what is
/// known is ignored, one that starts after it waits in the state until its predecessor has come. Events carry
/// a number: one at or below the state's version is ignored, one beyond the next waits. So neither doubling
/// nor the order of arrival decides anything; only an order from outside that comes late acts late.
/// </para>
/// <para>
/// <b>Bound.</b> At most <see cref="SignalState.WaitingMax"/> inputs wait; one more and the hole before them is
/// taken as a gap without data. Of events beyond the bound the furthest ahead are dropped: whoever missed so
/// many reads the stored state anew.
/// </para>
/// <para>
/// <b>Inside a bar</b> (spec 2.11) the order is pessimistic: funding, an overdue time stop at the open, the stop,
/// then the targets, then the close. A new stop acts from the next interval on.
/// </para>
/// </remarks>
public static class SignalLifecycle
{
    /// <summary>The state a plan begins with.</summary>
    public static SignalState Create(TradePlan plan) =>
        new SignalState.Created { Plan = plan, KnownUntilMs = plan.DecidedAtMs };

    /// <summary>What an input makes happen, in order; empty when nothing.</summary>
    public static IReadOnlyList<SignalEvent> Decide(SignalState state, SignalInput input) =>
        state.IsFinal ? [] : new SignalFold(state).Take(input);

    /// <summary>The state after an event.</summary>
    /// <exception cref="ArgumentException">The event belongs to another signal.</exception>
    /// <exception cref="InvalidOperationException">The event cannot follow the state: a bug.</exception>
    public static SignalState Evolve(SignalState state, SignalEvent e)
    {
        if (e.SignalId != state.Plan.Id)
            throw new ArgumentException($"Event of {e.SignalId} came to signal {state.Plan.Id}", nameof(e));
        if (state.IsFinal || IsLate(state, e)) return state;
        if (e is SignalEvent.Deferred deferred) return SignalInbox.Hold(state, deferred.Input);
        if (!IsNext(state, e)) return Wait(state, e);

        state = SignalTransitions.Apply(state, e);
        while (!state.IsFinal && state.Waiting.FirstOrDefault(w => IsNext(state, w)) is { } next)
            state = SignalTransitions.Apply(state, next);
        return DropLate(state);
    }

    /// <summary><see cref="Evolve"/> over many.</summary>
    public static SignalState EvolveAll(SignalState state, IEnumerable<SignalEvent> events) =>
        events.Aggregate(state, Evolve);

    private static bool IsLate(SignalState state, SignalEvent e) => e switch
    {
        SignalEvent.Watched w => w.ToMs <= state.KnownUntilMs,
        SignalEvent.Deferred d => SignalInbox.IsObsolete(state, d.Input),
        _ => e.Sequence <= state.Version,
    };

    private static bool IsNext(SignalState state, SignalEvent e) =>
        e.KnownUntilMs == state.KnownUntilMs && e.Sequence == state.Version + (e.IsJournal ? 1 : 0);

    private static SignalState Wait(SignalState state, SignalEvent e)
    {
        if (state.Waiting.Contains(e)) return state;
        var waiting = state.Waiting.Append(e)
            .OrderBy(w => w.Sequence).ThenBy(w => w.KnownUntilMs).ThenBy(w => w.IsJournal ? 0 : 1);
        return state with { Waiting = [.. waiting.Take(SignalState.WaitingMax)] };
    }

    private static SignalState DropLate(SignalState state) =>
        state.Waiting.Any(w => IsLate(state, w))
            ? state with { Waiting = [.. state.Waiting.Where(w => !IsLate(state, w))] }
            : state;
}
