using FuturesBot.Engine.Sharding;

namespace FuturesBot.Engine.Tracking;

/// <summary>
/// What a signal's orchestration does, without an orchestrator: pure, so that it can be replayed. The kernel moves the signal by closed
/// candles; the orchestration carries out what follows, tells the holder of the market which prices matter, and notices when nothing
/// comes.
/// </summary>
/// <remarks>
/// Doubled, late and early events change nothing that they should not: moves are numbered and wait for their predecessor, everything
/// else is known by its id.
/// </remarks>
public static class SignalTracking
{
    /// <summary>
    /// How long after the end of a state, by the lifecycle's own rules, the kernel may take to say so: a candle of 15 minutes that holds
    /// it, and five minutes for an exchange that is late.
    /// </summary>
    public const long GraceMs = 20 * 60_000;

    /// <summary>A timer lasts no longer than this, however long a signal waits for prices.</summary>
    public const long QuietMaxMs = 16 * 3_600_000;

    /// <summary>Crossings kept for the status.</summary>
    private const int CrossingsMax = 8;

    /// <summary>The state an orchestration begins with, before the first move.</summary>
    /// <param name="begun">The signal when it began; its version does not count as told.</param>
    public static TrackedSignal Begin(SignalView begun)
    {
        var untold = begun with { Version = 0, Levels = [], IsFinal = false };
        return new() { Now = untold, DeadlineMs = NextDeadline(begun, begun.DecidedAtMs) };
    }

    /// <summary>Tells an orchestration that begins anew how the signal stands; what led there was carried out before.</summary>
    public static TrackingEvent.Moved Resent(SignalView now, long atMs) =>
        new(FormattableString.Invariant($"{now.SignalId}-{now.Version}-resent"), atMs, After: 0, now, []);

    /// <summary>Takes an event in.</summary>
    public static TrackingStep Take(TrackedSignal before, TrackingEvent happened) => happened switch
    {
        _ when before.IsOver => new(before, []),
        TrackingEvent.Moved moved => Move(before, moved),
        _ when before.Seen.Contains(happened.Id) => new(before, []),
        TrackingEvent.Crossed crossed => Cross(Remember(before, crossed.Id), crossed),
        TrackingEvent.DeadlinePassed passed => Miss(before, passed),
        _ => new(before, []),   // of a later version
    };

    /// <summary>The event of a deadline that has passed: the same for every replay.</summary>
    public static TrackingEvent.DeadlinePassed DeadlineOf(TrackedSignal state) =>
        new(FormattableString.Invariant($"{state.Now.SignalId}-deadline-{state.DeadlineMs}"), state.DeadlineMs);

    private static TrackingStep Move(TrackedSignal before, TrackingEvent.Moved moved)
    {
        if (moved.Now.Version <= before.Now.Version) return new(before, []);
        if (moved.After > before.Now.Version) return new(Hold(before, moved), []);
        var effects = new List<TrackingEffect>();
        var after = Apply(before, moved, effects);
        while (!after.IsOver && after.Early.FirstOrDefault(early => early.After <= after.Now.Version && early.Now.Version > after.Now.Version) is { } next)
            after = Apply(after, next, effects);
        after = after with { Early = [.. after.Early.Where(early => early.Now.Version > after.Now.Version)] };
        Watch(before.Now, after.Now, effects);
        return new(after, effects);
    }

    private static TrackedSignal Apply(TrackedSignal before, TrackingEvent.Moved moved, List<TrackingEffect> effects)
    {
        effects.AddRange(moved.Effects.Select(effect => new TrackingEffect.Carry(effect.Id, effect)));
        return before with { Now = moved.Now, DeadlineMs = NextDeadline(moved.Now, moved.AtMs), Stalls = 0 };
    }

    // What is watched follows what matters now; the holder is told only when that changes.
    private static void Watch(SignalView before, SignalView now, List<TrackingEffect> effects)
    {
        if (now.IsFinal || now.Levels.Count == 0)
        {
            if (before.Levels.Count > 0 || now.IsFinal)
                effects.Add(new TrackingEffect.Ask($"{now.SignalId}-{now.Version}-forget", new SidecarCommand.ForgetLevels(now.SignalId)));
            return;
        }

        if (before.Levels.SequenceEqual(now.Levels)) return;
        effects.Add(new TrackingEffect.Ask(
            $"{now.SignalId}-{now.Version}-watch", new SidecarCommand.WatchLevels(now.SignalId, now.Symbol, now.DecidedAtMs, now.Levels)));
    }

    private static TrackedSignal Hold(TrackedSignal before, TrackingEvent.Moved early)
    {
        if (before.Early.Any(held => held.Now.Version == early.Now.Version)) return before;
        return before with { Early = [.. before.Early.Append(early).OrderBy(held => held.Now.Version).Take(TrackedSignal.EarlyMax)] };
    }

    private static TrackingStep Cross(TrackedSignal before, TrackingEvent.Crossed crossed)
    {
        var crossings = before.Crossings.Append(crossed).OrderBy(known => known.AtMs).TakeLast(CrossingsMax);
        return new(before with { Crossings = [.. crossings] }, []);
    }

    private static TrackingStep Miss(TrackedSignal before, TrackingEvent.DeadlinePassed passed)
    {
        if (passed.AtMs < before.DeadlineMs) return new(before, []);   // the signal was moved in the meantime
        var now = before.Now;
        if (now.EndsAtMs is not { } end || end + GraceMs > passed.AtMs)   // it waits for prices: nothing is due
            return new(Remember(before, passed.Id) with { DeadlineMs = NextDeadline(now, passed.AtMs) }, []);
        var stalls = before.Stalls + 1;
        var wait = Math.Min(GraceMs << Math.Min(stalls - 1, 6), QuietMaxMs);
        TrackingEffect[] effects =
        [
            new TrackingEffect.Ask(
                $"{passed.Id}-repair",
                new SidecarCommand.RepairGap(now.Symbol, Domain.Market.TimeFrame.M15, passed.AtMs - (4 * 3_600_000), passed.AtMs)),
            new TrackingEffect.Warn(
                $"{passed.Id}-warn", now.SignalId,
                $"Signal {now.SignalId} ({now.Symbol} {now.Strategy}, {now.Phase}) should have moved by now and did not: "
                + "closed candles or the kernel are late. Missing candles are being asked for.",
                passed.AtMs),
        ];
        return new(Remember(before, passed.Id) with { DeadlineMs = passed.AtMs + wait, Stalls = stalls }, effects);
    }

    private static TrackedSignal Remember(TrackedSignal before, string id) =>
        before with { Seen = [.. before.Seen.Append(id).TakeLast(TrackedSignal.SeenMax)] };

    private static long NextDeadline(SignalView now, long atMs) =>
        Math.Min(now.EndsAtMs is { } end ? end + GraceMs : long.MaxValue, atMs + QuietMaxMs);
}
