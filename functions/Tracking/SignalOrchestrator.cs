using FuturesBot.Engine.Tracking;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Functions.Tracking;

/// <summary>
/// One orchestration a signal, its instance named as the signal. What an event means is decided by <see cref="SignalTracking"/>; here are
/// the waiting, the timer, the activities and the new beginnings.
/// </summary>
/// <remarks>
/// One event name, one waiter, which is never cancelled: a waiter takes its event even when nobody looks at it any more. Code between two
/// awaits may change only for what new instances do, or behind <see cref="TaskOrchestrationContext.CompareVersionTo"/>.
/// </remarks>
public static class SignalOrchestrator
{
    /// <summary>Name of the one event.</summary>
    public const string EventName = "signal";

    /// <summary>A history is replayed each turn: it begins anew once so many events were taken in and none waits.</summary>
    public const int EventsPerGeneration = 25;

    /// <summary>
    /// It begins anew even while events wait. They are kept, their order is not: so this lies far above what a signal's life brings, and is
    /// a bound, not a way of working.
    /// </summary>
    public const int EventsMax = 1_000;

    /// <summary>Two seconds to a minute, eight tries: an account of storage may be away for some minutes.</summary>
    public static TaskOptions Retry { get; } =
        TaskOptions.FromRetryPolicy(new RetryPolicy(8, TimeSpan.FromSeconds(2), backoffCoefficient: 2, TimeSpan.FromMinutes(1)));

    [Function(nameof(TrackSignal))]
    public static Task<TrackedSignal> TrackSignal([OrchestrationTrigger] TaskOrchestrationContext context, TrackedSignal begun) =>
        TrackAsync(context, begun, Retry);

    internal static async Task<TrackedSignal> TrackAsync(TaskOrchestrationContext context, TrackedSignal state, TaskOptions retry)
    {
        var (armed, armedAt) = (state, context.CurrentUtcDateTime);
        context.SetCustomStatus(Shown());
        var stop = new CancellationTokenSource();
        var deadline = context.CreateTimer(DueAt(), stop.Token);
        try
        {
            Task<SignalMessage>? next = null;
            for (var handled = 0; ; handled++)
            {
                if (next is null && handled >= EventsMax) return Anew();
                next ??= context.WaitForExternalEvent<SignalMessage>(EventName);
                if (handled >= EventsPerGeneration && !next.IsCompleted) return Anew();   // nothing waits: the order is kept
                await Task.WhenAny(next, deadline);

                var told = new SignalMessage(SignalTracking.DeadlineOf(state));
                if (next.IsCompleted) (told, next) = (await next, null);   // before the timer
                var before = state;
                state = await TakeAsync(context, state, told, retry);
                var isMoved = (state.SinceMs, state.DeadlineMs) != (before.SinceMs, before.DeadlineMs);
                if (isMoved) (armed, armedAt) = (state, context.CurrentUtcDateTime);
                if (!ReferenceEquals(state, before)) context.SetCustomStatus(Shown());
                if (state.IsOver) return state;
                if (!isMoved && told.Event is TrackingEvent.DeadlinePassed)
                    throw new InvalidOperationException($"A passed deadline must end signal {state.Now.SignalId} or move the deadline, and did neither");
                if (!isMoved) continue;
                Cancel(stop);
                stop = new();
                deadline = context.CreateTimer(DueAt(), stop.Token);
            }
        }
        finally
        {
            // An open timer keeps the instance alive: its end and its new beginning would wait for it.
            Cancel(stop);
        }

        // A deadline is market time, a timer wall time. So it lies as far ahead of the news as the deadline of its market time: what was
        // late, or is told by a market of another day, has its time too.
        DateTime DueAt() => armedAt.AddMilliseconds(armed.WaitMs);

        TrackingStatus Shown() => TrackingStatus.Of(state, new DateTimeOffset(DueAt(), TimeSpan.Zero).ToUnixTimeMilliseconds());

        TrackedSignal Anew()
        {
            var gone = (long)(context.CurrentUtcDateTime - armedAt).TotalMilliseconds;
            var later = state with { SinceMs = state.SinceMs + gone };   // the rest of the wait
            context.ContinueAsNew(later);
            return later;
        }
    }

    private static async Task<TrackedSignal> TakeAsync(TaskOrchestrationContext context, TrackedSignal state, SignalMessage told, TaskOptions retry)
    {
        while (SignalTracking.Lacks(state, told.Event))
        {
            var before = state;
            var ask = new MovesAsk(state.Now.SignalId, state.Now.Version);
            var missed = await context.CallActivityAsync<MissedMoves>(nameof(SignalActivities.ReadMoves), ask, retry);
            foreach (var move in missed.Moves) state = await StepAsync(context, state, new(move, told.TraceParent), retry);
            if (state.Now.Version == before.Now.Version) break;
        }

        return await StepAsync(context, state, told, retry);
    }

    private static async Task<TrackedSignal> StepAsync(TaskOrchestrationContext context, TrackedSignal state, SignalMessage told, TaskOptions retry)
    {
        var step = SignalTracking.Take(state, told.Event);
        foreach (var effect in step.Effects) await CarryOutAsync(context, new(effect, told.TraceParent), retry);
        return step.After;
    }

    private static async Task CarryOutAsync(TaskOrchestrationContext context, EffectOrder order, TaskOptions retry)
    {
        try
        {
            await context.CallActivityAsync(nameof(SignalActivities.CarryOut), order, retry);
        }
        catch (TaskFailedException e) when (order.Effect is TrackingEffect.Warn)
        {
            // What is wrong with the signal is in the log then; the signal itself lives on.
            context.CreateReplaySafeLogger(nameof(SignalOrchestrator)).LogError(e, "Warning {Effect} could not be sent: {Text}", order.Effect.Id, ((TrackingEffect.Warn)order.Effect).Text);
        }
    }

    // Not CancelAsync: it cancels on a thread of the pool, and the orchestrator's turn ends without the timer's end in it.
    private static void Cancel(CancellationTokenSource stop) => stop.Cancel();
}
