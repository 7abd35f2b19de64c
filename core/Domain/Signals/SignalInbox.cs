namespace FuturesBot.Domain.Signals;

/// <summary>Which inputs may act now, which wait, which can change nothing any more.</summary>
internal static class SignalInbox
{
    /// <summary>The input may act on the state now.</summary>
    public static bool IsReady(SignalState state, SignalInput input) => input switch
    {
        SignalInput.Accepted or SignalInput.RefusedBy => true,
        SignalInput.ProtectionReported or SignalInput.ExchangeReported => true,
        _ when state is SignalState.Created => false,
        SignalInput.BarClosed or SignalInput.GapPassed => input.AtMs <= state.KnownUntilMs,
        // The exchange acts now, whatever prices are known; a price path is followed up to the order's moment.
        SignalInput.Command => state.Plan.Fills == FillSource.Exchange || input.AtMs <= state.KnownUntilMs,
        SignalInput.ExitOrderFilled exit => IsReady(state, exit),
        // A cancel that tells of more filled than is known waits for that report.
        SignalInput.EntryOrderCancelled cancel => cancel.CumulativeQuantity <= (state.Live?.Quantity ?? 0m),
        _ => true,
    };

    /// <summary>The input can change nothing any more.</summary>
    public static bool IsObsolete(SignalState state, SignalInput input) => input switch
    {
        SignalInput.Accepted or SignalInput.RefusedBy => state is not SignalState.Created,
        SignalInput.BarClosed bar => bar.ToMs <= state.KnownUntilMs,
        SignalInput.GapPassed gap => gap.ToMs <= state.KnownUntilMs,
        SignalInput.Command => state is not SignalState.Created && IsReady(state, input),
        SignalInput.EntryOrderFilled fill => state.Live is { } position
            && (state is not SignalState.PartiallyFilled || fill.CumulativeQuantity <= position.Quantity)
            && !(state is SignalState.PartiallyFilled && fill.Whole),
        SignalInput.EntryOrderRejected => state is not (SignalState.Created or SignalState.PendingEntry),
        SignalInput.EntryOrderCancelled => state is not (
            SignalState.Created or SignalState.PendingEntry or SignalState.PartiallyFilled),
        SignalInput.ExitOrderFilled { Reason: CloseReason.Tp1 } => state.Live?.Target1AtMs is not null,
        SignalInput.ExitOrderFilled { Reason: CloseReason.Tp2 } => state.Live?.Target2AtMs is not null,
        _ => false,
    };

    /// <summary>Puts an early input aside.</summary>
    public static SignalState Hold(SignalState state, SignalInput input) =>
        state.Held.Contains(input)
            ? state
            : state with { Held = [.. InOrder(state.Held.Append(input)).Take(SignalState.WaitingMax)] };

    /// <summary>Lets go of what can change nothing any more.</summary>
    public static SignalState Prune(SignalState state) =>
        state.Held.Any(i => IsObsolete(state, i))
            ? state with { Held = [.. state.Held.Where(i => !IsObsolete(state, i))] }
            : state;

    /// <summary>By market time; at one moment intervals go first, then by kind.</summary>
    public static IEnumerable<SignalInput> InOrder(IEnumerable<SignalInput> inputs) =>
        inputs.OrderBy(i => i.AtMs)
            .ThenBy(i => i is SignalInput.Command ? 1 : 0)
            .ThenBy(i => i.GetType().Name, StringComparer.Ordinal)
            .ThenBy(Tie);

    private static decimal Tie(SignalInput input) => input switch
    {
        SignalInput.BarClosed bar => bar.ToMs,
        SignalInput.GapPassed gap => gap.ToMs,
        SignalInput.Command command => (int)command.Kind,
        SignalInput.EntryOrderFilled fill => fill.CumulativeQuantity,
        SignalInput.EntryOrderCancelled cancel => cancel.CumulativeQuantity,
        SignalInput.ExitOrderFilled exit => (int)exit.Reason,
        _ => 0m,
    };

    // A target waits for the target before it; any other exit until it is exactly what is left, because until
    // then a report of the entry or of a target is still missing.
    private static bool IsReady(SignalState state, SignalInput.ExitOrderFilled exit) => exit.Reason switch
    {
        CloseReason.Tp1 => state is SignalState.Open,
        CloseReason.Tp2 => state is SignalState.Target1Done
            || (state is SignalState.Open && state.Plan.Fraction1 == 0m),
        _ => state.Live is { } position && IsRest(state.Plan, position, exit.Quantity),
    };

    /// <summary>The quantity is all that is left, to half a step.</summary>
    public static bool IsRest(TradePlan plan, Position position, decimal quantity) =>
        Math.Abs(quantity - (position.Remaining * position.Quantity)) < plan.Rules.StepSize / 2;
}
