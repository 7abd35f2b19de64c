using FuturesBot.Domain.Market;
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
    /// it, and another for an exchange that is late. Whole quarters of an hour: states end with candles, so their timers ring when something
    /// closes, and find awake who would have to be woken for them at any other time.
    /// </summary>
    public const long GraceMs = 30 * 60_000;

    /// <summary>A timer lasts no longer than this, however long a signal waits for prices.</summary>
    public const long QuietMaxMs = 16 * 3_600_000;

    /// <summary>Crossings kept for the status.</summary>
    private const int CrossingsMax = 8;

    /// <summary>The state an orchestration begins with, before the first move.</summary>
    /// <param name="begun">The signal when it began; its version does not count as told.</param>
    /// <param name="after">The last version whose moves an earlier orchestration of this signal has carried out; 0: there was none.</param>
    public static TrackedSignal Begin(SignalView begun, long after = 0)
    {
        var untold = begun with { Version = after, Levels = [], IsFinal = false };
        return new() { Now = untold, SinceMs = begun.DecidedAtMs, DeadlineMs = NextDeadline(begun, begun.DecidedAtMs) };
    }

    /// <summary>Makes an orchestration take in whatever it lacks up to now: one that began anew, or one that something did not reach.</summary>
    public static TrackingEvent.Resent Resent(SignalView now, long atMs) =>
        new(FormattableString.Invariant($"{now.SignalId}-{now.Version}-resent-{atMs}"), atMs, now);

    /// <summary>Takes an event in.</summary>
    public static TrackingStep Take(TrackedSignal before, TrackingEvent happened) => happened switch
    {
        _ when before.IsOver => new(before, []),
        TrackingEvent.Moved moved => Move(before, moved),
        TrackingEvent.DeadlinePassed passed => Miss(before, passed),   // known by its time: a move may set the same deadline once more
        _ when before.Seen.Contains(happened.Id) => new(before, []),
        TrackingEvent.Crossed crossed => Cross(Remember(before, crossed.Id), crossed),
        TrackingEvent.Resent resent => Resume(Remember(before, resent.Id), resent),
        _ => new(before, []),   // of a later version
    };

    /// <summary>
    /// Whether moves that were told are missing, so that before this event is taken in <see cref="StoredMoves"/> should be read: no place is
    /// left for those that came early; or a deadline passes, and what should have come may have been lost on its way; or somebody says that
    /// the signal is further.
    /// </summary>
    public static bool Lacks(TrackedSignal before, TrackingEvent happened) => !before.IsOver && happened switch
    {
        TrackingEvent.Moved moved => moved.After > before.Now.Version && before.Early.Count >= TrackedSignal.EarlyMax
            && before.Early.All(early => early.Now.Version != moved.Now.Version),
        TrackingEvent.DeadlinePassed passed => passed.AtMs >= before.DeadlineMs && (before.Early.Count > 0 || IsDue(before.Now, passed.AtMs)),
        TrackingEvent.Resent resent => resent.Now.Version > before.Now.Version && !before.Seen.Contains(resent.Id),
        _ => false,
    };

    /// <summary>The event of a deadline that has passed: the same for every replay.</summary>
    public static TrackingEvent.DeadlinePassed DeadlineOf(TrackedSignal state) =>
        new(FormattableString.Invariant($"{state.Now.SignalId}-deadline-{state.DeadlineMs}"), state.DeadlineMs);

    private static TrackingStep Move(TrackedSignal before, TrackingEvent.Moved moved)
    {
        if (moved.Now.Version <= before.Now.Version) return new(before, []);
        if (moved.After > before.Now.Version) return new(Hold(before, moved), []);
        var effects = new List<TrackingEffect>();
        return Settle(before, Apply(before, moved, effects), effects);
    }

    // Moves that came early and have waited for what is known now.
    private static TrackingStep Settle(TrackedSignal before, TrackedSignal after, List<TrackingEffect> effects)
    {
        while (!after.IsOver && after.Early.FirstOrDefault(early => early.After <= after.Now.Version && early.Now.Version > after.Now.Version) is { } next)
            after = Apply(after, next, effects);
        after = after with { Early = [.. after.Early.Where(early => early.Now.Version > after.Now.Version)] };
        Watch(before.Now, after.Now, effects);
        return new(after, effects);
    }

    private static TrackedSignal Apply(TrackedSignal before, TrackingEvent.Moved moved, List<TrackingEffect> effects)
    {
        effects.AddRange(moved.Effects.Select(effect => new TrackingEffect.Carry(effect.Id, effect)));
        return before with { Now = moved.Now, SinceMs = moved.AtMs, DeadlineMs = NextDeadline(moved.Now, moved.AtMs), Stalls = 0 };
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
        if (!IsDue(now, passed.AtMs))   // it waits for prices
            return new(before with { SinceMs = passed.AtMs, DeadlineMs = NextDeadline(now, passed.AtMs) }, []);
        var stalls = before.Stalls + 1;
        var wait = Math.Min(GraceMs << Math.Min(stalls - 1, 6), QuietMaxMs);
        TrackingEffect[] effects =
        [
            new TrackingEffect.Ask(
                $"{passed.Id}-repair",
                new SidecarCommand.RepairGap(now.Symbol, TimeFrame.M15, passed.AtMs - (4 * 3_600_000), passed.AtMs)),
            new TrackingEffect.Warn(
                $"{passed.Id}-warn", now.SignalId,
                $"Signal {now.SignalId} ({now.Symbol} {now.Strategy}, {now.Phase}) should have moved by now and did not: "
                + "closed candles or the kernel are late. Missing candles are being asked for.",
                passed.AtMs),
        ];
        return new(before with { SinceMs = passed.AtMs, DeadlineMs = passed.AtMs + wait, Stalls = stalls }, effects);
    }

    // By now the store was read: what is missing still is nowhere any more.
    private static TrackingStep Resume(TrackedSignal before, TrackingEvent.Resent resent)
    {
        var (known, now) = (before.Now.Version, resent.Now);
        if (now.Version < known) return new(before, []);   // the kernel has gone on
        var effects = new List<TrackingEffect>();
        if (now.Version > known)
        {
            effects.Add(new TrackingEffect.Warn(
                $"{resent.Id}-warn", now.SignalId,
                FormattableString.Invariant($"Signal {now.SignalId} ({now.Symbol} {now.Strategy}) was resent, and its moves {known + 1} to {now.Version} ")
                + "are not stored any more: what they had to tell may never have been told.",
                resent.AtMs));
        }

        return Settle(before, before with { Now = now, SinceMs = resent.AtMs, DeadlineMs = NextDeadline(now, resent.AtMs) }, effects);
    }

    private static bool IsDue(SignalView now, long atMs) => now.EndsAtMs is { } end && end + GraceMs <= atMs;

    private static TrackedSignal Remember(TrackedSignal before, string id) =>
        before with { Seen = [.. before.Seen.Append(id).TakeLast(TrackedSignal.SeenMax)] };

    private static long NextDeadline(SignalView now, long atMs)
    {
        var due = now.EndsAtMs is { } end ? end + GraceMs : long.MaxValue;
        if (due <= atMs) due = atMs + GraceMs;   // told of after its time: it has its grace from then on
        return Math.Min(due, TimeFrame.M15.OpenOf(atMs + QuietMaxMs));
    }
}
