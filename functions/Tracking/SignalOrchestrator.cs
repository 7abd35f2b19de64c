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
    /// It begins anew even while events wait. They are kept, their order is not, and only <see cref="TrackedSignal.EarlyMax"/> moves may
    /// wait for their predecessor: so this lies far above what a signal's life brings, and is a bound, not a way of working.
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
        context.SetCustomStatus(TrackingStatus.Of(state));
        var stop = new CancellationTokenSource();
        var armedFor = state.DeadlineMs;
        var deadline = context.CreateTimer(At(armedFor), stop.Token);
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
                state = await StepAsync(context, state, told, retry);
                if (state.IsOver) return state;
                if (state.DeadlineMs == armedFor && told.Event is TrackingEvent.DeadlinePassed)
                    throw new InvalidOperationException($"A passed deadline must end signal {state.Now.SignalId} or move the deadline, and did neither");
                if (state.DeadlineMs == armedFor) continue;
                Cancel(stop);
                stop = new();
                armedFor = state.DeadlineMs;
                deadline = context.CreateTimer(At(armedFor), stop.Token);
            }
        }
        finally
        {
            // An open timer keeps the instance alive: its end and its new beginning would wait for it.
            Cancel(stop);
        }

        TrackedSignal Anew()
        {
            context.ContinueAsNew(state);
            return state;
        }
    }

    private static async Task<TrackedSignal> StepAsync(TaskOrchestrationContext context, TrackedSignal state, SignalMessage told, TaskOptions retry)
    {
        var step = SignalTracking.Take(state, told.Event);
        foreach (var effect in step.Effects) await CarryOutAsync(context, new(effect, told.TraceParent), retry);
        if (!ReferenceEquals(step.After, state)) context.SetCustomStatus(TrackingStatus.Of(step.After));
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

    private static DateTime At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime;
}
